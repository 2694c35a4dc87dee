// Two files of undici instead of the whole: the other ninety (mocks, caches, web sockets) are used by nobody here, and
// every start read them. The version is pinned exactly; if an update moves these files, no start and no test succeeds.
declare module 'undici/lib/dispatcher/agent.js' {
  export { Agent as default } from 'undici'
}

declare module 'undici/lib/core/connect.js' {
  export { buildConnector as default } from 'undici'
}
