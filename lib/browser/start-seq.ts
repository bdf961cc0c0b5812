/**
 * The number of the last event when the page's data was read on the server, put into the cache by the
 * page. Without it the first connection loads everything anew.
 */
export const START_SEQ_KEY = ["realtime", "start-seq"] as const;
