/** A phone number of which enough is shown to know it again: 138****1234. */
export function maskPhone(phone: string | null): string | null {
  if (phone === null || phone.length < 7) return phone === null ? null : '****'
  return `${phone.slice(0, 3)}****${phone.slice(-4)}`
}

/** An address of which the first letter and the provider are shown: w***@example.com. */
export function maskEmail(email: string | null): string | null {
  if (email === null) return null
  const at = email.lastIndexOf('@')
  return at < 1 ? '***' : `${email.slice(0, 1)}***${email.slice(at)}`
}
