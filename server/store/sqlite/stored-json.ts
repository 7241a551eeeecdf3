import { z } from 'zod'

/** A column of JSON as it stands there; an issue where it is none, so that one bad row holds up no others. */
export const storedJson = z.string().transform((text, context): unknown => {
  try {
    return JSON.parse(text)
  } catch (error) {
    context.addIssue({ code: 'custom', message: String(error) })
    return z.NEVER
  }
})
