import { smsFaults } from '../sms/faults.ts'
import type { CodeTable } from './code.ts'

/** What providers of registered templates answer, as the channel itself goes by it. */
export const smsCodes: CodeTable = Object.fromEntries(
  Object.values(smsFaults)
    .flat()
    .map(({ code, message, mend }) => [code.toLowerCase(), { means: message, mend }]),
)
