/** The SMTP2GO client that both hosts share. It depends on neither; it needs a `Host` to make calls. */
export {
	catalogue,
	findOffered,
	findOperation,
	firstOperation,
	isCompound,
	offeredResources,
	operationOf,
	resources,
	resourcesAndCustom,
} from './catalogue';
export { runCompound } from './compound';
export type {
	Choice,
	CompoundOperation,
	Effect,
	Field,
	OfferedOperation,
	OfferedResource,
	Operation,
	OperationBase,
	OperationKey,
	Paging,
	Resource,
	ResourceKey,
	ResponseShape,
} from './catalogue';
export { isAllowed, permissionsOf } from './catalogue/permissions';
export type { Json, JsonObject } from './core/json';
export { MESSAGE_KEY, sendChecked, withMessageKey } from './bulk/check';
export { batchRequest, buildEmail, cutEmails, DEFAULT_BATCH, MAX_BATCH, sendEmail, sendEmails } from './bulk/emails';
export { runPool } from './bulk/pool';
export { groupSms, sendSms, smsRequest } from './bulk/sms';
export { hasPickList, type PickListEntry } from './pick-lists/match';
export { lostResponse } from './client/response';
export { call, type Connection } from './client/call';
export { readList } from './client/pages';
export { preview } from './client/preview';
export { CallLog, Gate, type CallLimits, type NextWait, type Ticket } from './client/gate';
export { perform, run, type Outcome, type RunOptions } from './client/run';
export { valueAt } from './client/simplify';
export type { DownloadedFile } from './client/download';
export {
	bodyWithKey,
	MAX_RESPONSE_BYTES,
	outcomeOfFault,
	type FileOutcome,
	type FileRequest,
	type NoResponse,
	type Host,
	type HttpOutcome,
	type HttpRequest,
} from './client/transport';
export { isTooDeep } from './core/depth';
export { invalid, Smtp2goError, withoutKeys, type ErrorDetails, type ErrorType } from './core/errors';
export type { InputOf } from './catalogue/input';
export { kindRecord, kinds, type FileInput, type InputOfKind, type Kind } from './kinds';
export { emailIn, sentEmail, sentOf } from './client/sent';
export { baseUrlOf, regions, type Region } from './client/regions';
export { bareAddress } from './formats/mailbox';
export { isBytes, messageOf, toBytes } from './core/bytes';
export type { Body } from './request/body';
export type { Wire, WireObject } from './files/wire';
export { buildRequest, type BuiltRequest, type ReadOptions } from './request/build';
export { buildTestEmail } from './request/test-email';
export { exactNumber, parseExactJson } from './core/exact';
export { withinRecipients, type RecipientLimits } from './request/recipients';
export { contentIdOf } from './kinds/attachments';
export { saysNothing, typeOfContent, typeOfName } from './files/filetypes';
export { isFileSource, type FileSource } from './files/content';
export { hookFields, readPickList, templateReader, type PickListPage, type PickListQuery } from './pick-lists/fetch';
export { headerPairs } from './kinds/headers';
export { imagesShown } from './files/inline-images';
export { nameInUrl, percentDecoded } from './formats/urls';
export { isJsonObject, isRecord, parseJson } from './core/json';
export { readBoolean, readChoice, readNumber } from './kinds/plain';
export { textList } from './formats/lists';
export { inZone } from './formats/zones';
export { failure, success, type Result } from './core/result';
export { readTemplate, variablesOf, type Template } from './template';
export { startOf, type TemplateVariable } from './template/variable';
export { Templates } from './template/cache';
export { VariableReport } from './template/report';
export { checkVariables, warningText, type VariableWarning } from './template/check';
export { columnKinds, type ColumnUse } from './merge/names';
export { mergedValues, RowReader, rowRecipients, rowVariables, type Columns, type ReadRow } from './merge/row';
export {
	judgeRows,
	listOfProblems,
	summaryOfProblems,
	type JudgeOptions,
	type Judgment,
	type RowProblemKind,
	type RowVerdict,
} from './merge/problems';
export { problemPolicies, type ProblemPolicy } from './merge/policy';
export { showEmail, showRequest, showValues, type EmailPreview } from './template/preview';
export { missingPolicies, type MissingPolicy } from './template/policy';
export { CLIENT_NAME, CLIENT_VERSION } from './client/version';
export { formatNumber, inWordsOf, formatRanges } from './core/format';
export {
	isWanted,
	parseBody,
	readDelivery,
	type DeliveredEvent,
	type ReadDelivery,
	type Subscription,
} from './webhook/delivery';
export {
	readReceivedSms,
	type ReceivedSms,
	type ReceivedSmsOptions,
	type ReceivedSmsRead,
	type RepliedMessage,
} from './feed/received-sms';
export { matchesText, readTextFilter, type TextFilter, type TextFilterForm } from './feed/text-filter';
export { newestEvents, readFeed, type FeedOptions, type FeedRead } from './feed/feed';
export { recentEmails, type RecentEmail } from './feed/recent-emails';
export { sampleEvent, sampleKinds, type SampleOptions } from './feed/sample-event';
export { readCursor, startCursor, type FeedCursor } from './feed/cursor';
export { logKinds } from './feed/log-kinds';
export type {
	EmailOutcome,
	LogKnowledge,
	OutcomeName,
	RecipientOutcome,
	WaitedOutcomes,
	WaitOptions,
	WatchedEmail,
	WatchOptions,
} from './outcome/types';
export { OutcomeLog, type LookOptions } from './outcome/log';
export { waitForOutcomes } from './outcome/wait';
export { OutcomeWatch, SCHEDULE_HEADER, watchedKinds, type WatchState } from './outcome/watch';
export { ensureHook, lookAtHook, removeOurHooks, type EnsuredHook, type SeenHook } from './webhook/ensure';
export { alikeNote, type Advise } from './webhook/explain';
export {
	echoedHeaders,
	eventGroups,
	filterFields,
	readFilter,
	groupOf,
	passes,
	type EventFilter,
	type FilterName,
	type EventGroup,
} from './webhook/filter';
export { fingerprintOf, isTestEvent, SeenEvents } from './webhook/duplicates';
export { emailEvents, smsEvents, type EmailEvent, type SmsEvent } from './catalogue/reporting/events';
export type { EventKind } from './webhook/event-names';
export { endOfPath, type Ownership, type WantedHook } from './webhook/plan';
export { isAllowedSource, unreadableSource } from './formats/ip-ranges';
export { deriveToken, digestOf, isBearer, isBearerOf, newToken } from './webhook/token';
export { sameSecret } from './core/secrets';
export { callbackUrlError } from './webhook/callback-url';
export { withoutSecret } from './formats/urls';
export { healthChecks, healthFields, readHealthWatch, type HealthCheckName, type HealthWatch } from './health/checks';
export { readHealth, readHealthState, type HealthLook, type HealthReport, type HealthState } from './health/read';
export { languages, textNames, textsOf, type Language, type TextName, type Texts } from './approval/texts';
export {
	answerData,
	type Answer,
	type AnswerData,
	type AnswerOption,
	type Channel,
	type CommentRule,
	type LinkedRecipient,
	type Question,
	type QuestionForm,
	type Recipient,
	type ResponseType,
} from './approval/types';
export { choiceLabels } from './approval/labels';
export { MAX_SCHEDULE, timeUnits } from './approval/limits';
export { readQuestion } from './approval/question';
export { MAX_RECIPIENTS, moreRecipients, readRecipients } from './approval/recipients';
export { answerText, readAnswer, readPost, type AnswerRead, type PageFault, type PagePost } from './approval/answer';
export { linkSecret, signLink, verifyLink, type LinkTarget } from './approval/link';
export { closedSms, questionSms, recordedSms, replySms, unclearSms, type QuestionSms } from './approval/sms';
export { readReply, smsCode, type ReplyRead } from './approval/reply';
export { countries, findCountry, type Country } from './formats/countries';
export { smsLength, type SmsLength } from './formats/sms-units';
export {
	beyondUnits,
	countSms,
	runLimitError,
	sentTexts,
	sumOfSms,
	unicodeHint,
	withinUnits,
	type SentText,
	type SmsCount,
	type UnitLimits,
} from './request/sms';
export { questionEmail, templateValues, type EmailKind, type QuestionEmail } from './approval/email';
export { answeredPage, closedPage, pageHeaders, questionPage, type ClosedReason } from './approval/page';
export {
	cancelScheduled,
	scheduleReminder,
	sendQuestion,
	sendReplySms,
	type FailedTo,
	type ScheduledEmail,
	type SendingOptions,
	type SentQuestion,
	type SentTo,
} from './approval/send';
export { clickTracking } from './approval/tracking';
export { judgeAddresses, type RecipientProblem, type RecipientVerdict } from './check/addresses';
export { checkRecipients, type RecipientCheck, type RecipientCheckOptions } from './check/recipients';
export { keyNameOf } from './account/keys';
export { readQuota, type Quota } from './check/quota';
export { checkSetup, readPermissions, type SetupOptions } from './check/setup';
export { jobs, type Job, type JobName } from './catalogue/jobs';
export type { SetupCheck, SetupReport, SetupStatus } from './check/setup-types';
export { eventPermissions, questionPermissions, receivedSmsPermissions } from './check/needs';
