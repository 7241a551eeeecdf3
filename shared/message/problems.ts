import { errors, fill } from '../errors/index.ts'
import type { Locale, LocalText } from '../text.ts'
import { sayFinding } from './liquid/words.ts'

/** Why a template could not be made into a message. Lines and columns count from 1. */
export type RenderProblem =
  | { code: 'missing-value'; variable: string }
  | { code: 'value-not-text' | 'content-closed'; variable: string }
  | { code: 'template-syntax'; line: number; column: number; detail: string }
  | { code: 'template-filter'; line: number; column: number; detail: string }
  | { code: 'value-not-date' | 'value-not-number' | 'value-not-amount'; variable: string; value: string }
  | { code: 'unknown-date-format'; line: number; column: number; format: string }
  | { code: 'filter-arguments'; line: number; column: number; filter: string; expected: string }
  | { code: 'template-too-heavy' }
  | { code: 'template-too-long-to-run'; limit: number }
  | { code: 'blank-message' }
  | { code: 'attachment-blank'; number: number; part: string }
  | { code: 'not-web-address'; found: string }
  | { code: 'asset-unknown'; asset: string }
  | { code: 'invalid-json'; detail: string }
  | { code: 'broken-text' | 'leaked-value'; found: string }
  | { code: 'sms-template-needed' }
  | { code: 'sms-template-unknown' | 'sms-template-unapproved'; template: string }
  | { code: 'sms-template-kind' | 'sms-template-no-opt-out'; template: string }
  | { code: 'sms-signature-unregistered'; signature: string; known: string }
  | { code: 'sms-variable-missing' | 'sms-variable-link' | 'sms-variable-digits'; variable: string }
  | { code: 'sms-variable-long'; variable: string; length: number; most: number }
  | { code: 'sms-variable-short'; variable: string; length: number; least: number }

/** The details in each language: what the template's library says is English. */
function said(problem: RenderProblem): Record<Locale, Record<string, string | number>> {
  const { code: _code, ...details } = problem
  const place = Object.entries(details)
  const own = place.flatMap(([name, value]) =>
    name === 'detail' || (name === 'expected' && !/^[\d-]+$/.test(String(value)))
      ? [{ name, text: sayFinding(String(value)) }]
      : [],
  )
  const inWords = (locale: Locale) =>
    Object.fromEntries([...place, ...own.map(({ name, text }) => [name, text[locale]])])
  return { 'zh-CN': inWords('zh-CN'), en: inWords('en') }
}

/** What is wrong and how to mend it, for the marketer; the texts stand in the table of errors. */
export function describeRenderProblem(problem: RenderProblem): { message: LocalText; mend: LocalText } {
  const details = said(problem)
  const entry = errors[problem.code]
  const both = (text: LocalText): LocalText => ({
    'zh-CN': fill(text['zh-CN'], details['zh-CN']),
    en: fill(text.en, details.en),
  })
  return { message: both(entry.message), mend: both(entry.mend) }
}
