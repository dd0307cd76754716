import type { ApolloServerPlugin } from '@apollo/server';
import type { RequestScope } from '../execution/requestScope.js';
import type { GatewayMetrics } from './createGatewayMetrics.js';

/** Measures every request that Apollo Server takes, those included that can't be read. */
export function metricsPlugin(metrics: GatewayMetrics): ApolloServerPlugin<RequestScope> {
  return {
    requestDidStart() {
      const begun = performance.now();
      return Promise.resolve({
        willSendResponse({ operation, response }) {
          const errors = response.body.kind === 'single' ? (response.body.singleResult.errors ?? []) : [];
          metrics.answered(
            operation ? { type: operation.operation, name: operation.name?.value } : null,
            (performance.now() - begun) / 1000,
            errors.map(({ extensions }) => extensions?.['code']),
          );
          return Promise.resolve();
        },
      });
    },
  };
}
