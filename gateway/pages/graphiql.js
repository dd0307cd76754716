// Shows GraphiQL for this endpoint. The headers editor's `Authorization` holds for subscriptions too, as connectionParams.
const url = `${location.origin}/graphql`;
const http = GraphiQL.createFetcher({ url });
/** A link may bring an operation, which is shown and not run. */
const query = new URLSearchParams(location.search).get('query');

/** Runs a subscription over a socket of its own, with the headers of the moment it began. */
function subscribe(params, headers) {
  const socket = graphqlWs.createClient({
    url: url.replace(/^http/, 'ws'),
    connectionParams: { headers: headers ?? {} },
    retryAttempts: 0,
  });
  return {
    subscribe(sink) {
      const observer = typeof sink === 'function' ? { next: sink, error() {}, complete() {} } : sink;
      const end = socket.subscribe(params, {
        next: (value) => observer.next(value),
        complete: () => observer.complete(),
        error: (error) =>
          observer.error(error instanceof CloseEvent ? new Error(`${error.code}: ${error.reason}`) : error),
      });
      return {
        unsubscribe() {
          end();
          socket.dispose();
        },
      };
    },
  };
}

/** Whether the chosen operation of a document is a subscription. */
function isSubscription(options, operationName) {
  const operations = (options?.documentAST?.definitions ?? []).filter(
    ({ kind }) => kind === 'OperationDefinition',
  );
  const chosen = operations.find(({ name }) => name?.value === operationName) ?? operations[0];
  return chosen?.operation === 'subscription';
}

ReactDOM.createRoot(document.getElementById('console')).render(
  React.createElement(GraphiQL, {
    fetcher: (params, options) =>
      isSubscription(options, params.operationName)
        ? subscribe(params, options?.headers)
        : http(params, options),
    defaultEditorToolsVisibility: 'headers',
    shouldPersistHeaders: true,
    ...(query !== null && { query }),
  }),
);
