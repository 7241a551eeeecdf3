/** The longest detail that is kept of an answer or an error, in characters. */
const DETAIL_LIMIT = 300

/**
 * A provider's words made fit for results and logs: secrets and personal values (in the clear, in base64
 * and percent-encoded) are blotted out, control characters become spaces, and the rest is cut short.
 */
export function redact(text: string, hidden: readonly (string | null | undefined)[]): string {
  const forms = hidden
    .filter((value): value is string => typeof value === 'string' && value !== '')
    .flatMap((value) => [
      value,
      encodeURIComponent(value),
      ...base64Forms(value),
      JSON.stringify(value).slice(1, -1),
    ])
    // The longest first, so that no form is left over as the rest of a longer one.
    .sort((left, right) => right.length - left.length)
  const blotted = forms.reduce((rest, form) => rest.replaceAll(form, '***'), text)
  const plain = blotted.replace(/\p{Cc}+/gu, ' ').trim()
  return plain.length > DETAIL_LIMIT ? `${plain.slice(0, DETAIL_LIMIT)}…` : plain
}

function base64Forms(value: string): string[] {
  const bytes = Buffer.from(value, 'utf8')
  return [bytes.toString('base64'), bytes.toString('base64url')]
}

/** The short name of an error: its system or library code where it has one, else its class. */
export function errorCode(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown'
  if ('code' in error && typeof error.code === 'string') return error.code.toLowerCase()
  return error.name.toLowerCase()
}

/** The words of an error, its causes' included, before redaction. */
export function errorText(error: unknown): string {
  if (error instanceof AggregateError && error.message === '') {
    return error.errors.map((one) => errorText(one)).join('; ')
  }
  return error instanceof Error ? error.message : String(error)
}
