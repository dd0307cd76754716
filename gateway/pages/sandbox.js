// Shows Apollo Sandbox for this endpoint; where its script can't be loaded, the way to GraphiQL.
const endpoint = `${location.origin}/graphql`;
if (window.EmbeddedSandbox) {
  new window.EmbeddedSandbox({
    target: '#console',
    initialEndpoint: endpoint,
    initialSubscriptionEndpoint: endpoint.replace(/^http/, 'ws'),
    endpointIsEditable: false,
    hideCookieToggle: true,
    runTelemetry: false,
    allowDynamicStyles: false,
  });
} else {
  document.getElementById('offline').hidden = false;
}
