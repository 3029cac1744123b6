// The parts of the product whose mistakes cost the most, each with the tests that must notice one.

/**
 * Files and tests of a part, by its name; globs from the root of the repository, tests without `.test.ts`. Tests run in
 * this order until one fails.
 */
export const parts = {
	// SMTP2GO's responses: what counts as sent, as rejected, and as unknown.
	responses: {
		mutate: ['api/client/response.ts'],
		tests: ['test/api/client/{response,client,edges,future}', 'test/api/bulk/*'],
	},
	// Lists to their last page, and what becomes of a send: each email of a batch, with its IDs and recipients.
	results: {
		mutate: ['api/client/{pages,email-outcomes,sent}.ts'],
		tests: ['test/api/client/{pages,email-results,client,sent}'],
	},
	// When a call is made again, and when never.
	calls: {
		mutate: ['api/client/call.ts', 'api/client/transport.ts'],
		tests: ['test/api/client/{call,transport,client}'],
	},
	gate: { mutate: ['api/client/gate.ts'], tests: ['test/api/client/gate'] },
	bulk: {
		mutate: ['api/bulk/*.ts'],
		tests: ['test/api/bulk/*', 'test/api/client/{clock,edges,gate}', 'test/api/request/limits'],
	},
	webhook: {
		mutate: ['api/webhook/{ensure,plan,explain,delivery,duplicates,recipients}.ts'],
		tests: ['test/api/webhook/*'],
	},
	token: {
		mutate: ['api/webhook/{token,callback-url}.ts', 'api/formats/hostnames.ts'],
		tests: ['test/api/webhook/{token,delivery,callback-url}', 'test/api/formats/hostnames'],
	},
	// The activity log: no event twice, and none skipped. Without schedules.test.ts, whose random logs would take
	// minutes for each survivor.
	'feed-entries': {
		mutate: ['api/feed/{batch,cursor,first-page,log-entry,log-kinds}.ts', 'api/webhook/event-key.ts'],
		tests: ['test/api/feed/{entries,log-entry,log-kinds}', 'test/api/feed/feed'],
	},
	'feed-sms': {
		mutate: ['api/feed/{received-sms,text-filter}.ts'],
		tests: ['test/api/feed/received-sms'],
	},
	'feed-pages': { mutate: ['api/feed/log-reader.ts'], tests: ['test/api/feed/log-reader'] },
	feed: {
		mutate: ['api/feed/feed.ts'],
		tests: ['test/api/feed/{feed,log-entry}', 'test/api/feed/sabotage'],
	},
	'feed-windows': { mutate: ['api/feed/windows.ts'], tests: ['test/api/feed/windows'] },
	'feed-backlog': { mutate: ['api/feed/settled.ts'], tests: ['test/api/feed/settled'] },
	// The account's health: each problem once, and no false alarm.
	health: {
		mutate: ['api/health/*.ts'],
		tests: ['test/api/health/*'],
	},
	// A row of a list as an email: to the right person, once, and no field that the list may not set.
	merge: { mutate: ['api/merge/*.ts'], tests: ['test/api/merge/*'] },
	errors: { mutate: ['api/core/errors.ts'], tests: ['test/api/core/*'] },
	readers: {
		mutate: ['api/kinds/{plain,addresses,dates,phones-and-ips}.ts'],
		tests: ['test/api/kinds/{addresses,dates,ip-addresses,phones,plain}'],
	},
	// n8n: which items Retry On Fail runs again.
	'n8n-outcomes': {
		mutate: ['nodes/Smtp2go/run/item-outcomes.ts'],
		tests: ['test/nodes/run/{dry-run,errors,retry-on-fail,shared-calls,stopped,tool,auto-map}'],
	},
	'n8n-hook': {
		mutate: ['nodes/Smtp2go/trigger/hook.ts'],
		// Without faults.test.ts, upkeep.test.ts and catch-up.test.ts: their failures and their hours would take
		// minutes for each mutant that survives. watch.test.ts sees what they start from.
		tests: ['test/nodes/trigger/{hook,copies,watch}'],
	},
	// The tests without a Node-RED: each of its deploys takes longer than all of these.
	'node-red-hook': {
		mutate: ['node-red/runtime/hook/registration.ts'],
		tests: ['test/node-red/hook/{upkeep,retries}'],
	},
	'node-red-locations': {
		mutate: ['node-red/runtime/hook/{location,wanted-hook}.ts'],
		// The fast ones first.
		tests: ['test/node-red/hook/places', 'test/node-red/hook/locations'],
	},
	'node-red-receiver': {
		mutate: ['node-red/runtime/deliveries/*.ts', 'node-red/runtime/events/event-dispatcher.ts'],
		tests: ['test/node-red/events/dispatcher', 'test/node-red/deliveries/{reading,route}'],
	},
	'node-red-queue': {
		mutate: ['node-red/runtime/connection/call-queue.ts'],
		tests: ['test/node-red/connection/call-queue'],
	},
};
