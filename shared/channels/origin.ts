/** Settings as they are typed or kept: nothing about them has been checked. */
export type TypedFields = Readonly<Record<string, unknown>>

/**
 * Where a secret is handed over: the origin that it was given for, as the settings name it. Null where it is never
 * handed to anybody: it signs, or tells what comes in.
 */
export type SecretPlace = (fields: TypedFields) => string | null

/** Stays on this server, wherever messages go. */
export const nowhere: SecretPlace = () => null

/**
 * Scheme, host and port of an address (RFC 6454). What was given for https is thereby never handed to http. An
 * address that cannot be read is a place of its own, which nothing was given for.
 */
export function httpOrigin(url: unknown): string {
  const text = String(url)
  return URL.canParse(text) ? new URL(text).origin : text
}

/**
 * The relay of an SMTP password. What it is protected by is part of it, as the scheme is of an address: a password
 * given for TLS is not sent in the clear because somebody turned a switch.
 */
export function smtpOrigin({ host, port, secure, allowPlaintext }: TypedFields): string {
  const scheme = secure === true ? 'smtps' : allowPlaintext === true ? 'smtp' : 'smtp+starttls'
  const name = String(host).trim().toLowerCase()
  return `${scheme}://${name.includes(':') ? `[${name}]` : name}:${port}`
}

/** Where a model is asked whose address is left empty. */
export const usualModelUrl = 'https://api.openai.com/v1'

/** Where the key of a model is handed over. */
export const modelOrigin = (baseUrl: string | null | undefined): string =>
  httpOrigin(baseUrl ?? usualModelUrl)
