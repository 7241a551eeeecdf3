import { credentialsRetryMs, type EndpointFault, type SendResult } from './channel.ts'

/**
 * What an answer says, for every kind of channel:
 * - refused: this message, for good.
 * - later: this message, for now.
 * - misplaced: whoever answers is not who we mean, or not where we look.
 * - login: who answers does not let us in.
 * - busy: it takes nothing from anybody for a while.
 * - unknown: it may have been taken.
 */
export type Verdict = 'refused' | 'later' | 'misplaced' | 'login' | 'busy' | 'unknown'

export interface Answered {
  readonly code: string
  readonly detail: string
  /** How long it asked to be left alone. */
  readonly afterMs?: number | null
}

const endpoint = (
  mend: EndpointFault['mend'],
  { code, detail, afterMs = null }: Answered,
): EndpointFault => ({
  kind: 'endpoint',
  mend,
  code,
  detail,
  afterMs,
  inDoubt: false,
})

const results = {
  refused: ({ code, detail }) => ({ kind: 'rejected', code, detail }),
  later: ({ code, detail, afterMs = null }) => ({ kind: 'retry', code, detail, afterMs }),
  misplaced: (answer) => endpoint('person', answer),
  login: (answer) =>
    endpoint('person', { ...answer, afterMs: Math.max(answer.afterMs ?? 0, credentialsRetryMs) }),
  busy: (answer) => endpoint('time', answer),
  unknown: ({ code, detail }) => ({ kind: 'unknown', code, detail }),
} as const satisfies Record<Verdict, (answer: Answered) => SendResult>

export const resultOf = (verdict: Verdict, answer: Answered): SendResult => results[verdict](answer)

/** Answers of HTTP that do not go by their class. */
const statuses: Readonly<Record<number, Verdict>> = {
  401: 'login',
  402: 'misplaced', // the account is empty
  403: 'login',
  404: 'misplaced',
  405: 'misplaced',
  407: 'login',
  408: 'later',
  // By which a provider says that the first attempt is still under way
  // (draft-ietf-httpapi-idempotency-key-header, section 2.6).
  409: 'unknown',
  410: 'misplaced',
  421: 'later',
  425: 'later',
  426: 'misplaced',
  429: 'busy',
  501: 'misplaced',
  503: 'busy',
  505: 'misplaced',
  511: 'login',
}

/**
 * By the class of an answer. What is neither of the three says nothing that we understand; a 5xx does not say that
 * the request was not carried out.
 */
const classes: Readonly<Record<number, Verdict>> = { 3: 'misplaced', 4: 'refused', 5: 'unknown' }

/** What an HTTP status other than 2xx says of a message. */
export const httpVerdict = (status: number): Verdict =>
  statuses[status] ?? classes[Math.floor(status / 100)] ?? 'unknown'

/** Faults of a connection that no waiting mends: a name that leads nowhere, a certificate that does not fit. */
const mendable =
  /^(?:enotfound|eai_(?:noname|nodata|fail)|eproto|err_(?:tls|ssl)_.*|hostname_mismatch|.*cert.*|unable_to_.*|invalid_(?:ca|purpose)|blocked_address)$/

/** What it says that no byte of a message has left. */
export function unsentVerdict(code: string): Verdict {
  // It is we who have stopped, or had nothing to say.
  if (/^(?:abort_err|eabort|timeouterror|estream)$/.test(code)) return 'later'
  return mendable.test(code) ? 'misplaced' : 'busy'
}
