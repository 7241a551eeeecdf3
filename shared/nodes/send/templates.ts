import { z } from 'zod'
import { channelOf } from '../../channels/index.ts'
import { type SmsTerms, templateVariables } from '../../channels/sms/register.ts'
import type { RenderProblem } from '../../message/problems.ts'
import {
  type ChosenTemplate,
  templateMeant,
  templateProblems,
  valueProblem,
} from '../../message/sms-template.ts'
import { writtenText } from '../../text.ts'
import type { Finding, TemplateText } from '../type.ts'

/** A registered template, and what fills each of its variables. */
export const chosenTemplate = z.strictObject({
  code: z.string().min(1).max(64),
  values: z.record(z.string().min(1).max(64), writtenText).default({}),
})

interface Sending {
  readonly channel: string
  readonly purpose: 'marketing' | 'service'
  readonly template: ChosenTemplate | null
  readonly ai: object | null
}

/** The texts that fill a template, each with its field. */
export function templateTexts({ template }: Pick<Sending, 'template'>): TemplateText[] {
  return Object.entries(template?.values ?? {}).flatMap(([name, written]) =>
    Object.entries(written).flatMap(([locale, text]) =>
      text === undefined || text === '' ? [] : [{ field: `template.values.${name}.${locale}`, text }],
    ),
  )
}

/** Variables that are web addresses whatever the customer. */
const address = /\{\{-?\s*(?:picks\[\d\]|content\.\w+)\.(?:link|image)\b[^}]*\}\}/
const outputs = /\{\{.*?\}\}/gs

/** What is sure of a value before there is a customer: an output is at least nothing, and a tag may choose anything. */
function valueFindings(
  name: string,
  { field, text }: TemplateText,
  { meant, terms }: { readonly meant: SmsTerms['templates'][number]; readonly terms: SmsTerms },
): Finding[] {
  if (address.test(text)) return [{ code: 'sms-variable-link', field, details: { variable: name } }]
  const literal = text.replaceAll(outputs, '').trim()
  const whole = literal === text.trim() && !text.includes('{%')
  const problem = whole || !text.includes('{%') ? valueProblem(name, literal, { meant, terms }) : null
  if (problem === null) return []
  const certain = whole || problem.code === 'sms-variable-link' || problem.code === 'sms-variable-long'
  return certain ? [findingOf(problem, field)] : []
}

function findingOf(problem: RenderProblem, field: string): Finding {
  const { code, ...details } = problem
  return { code, field, details: { ...details } as Finding['details'] & object }
}

/** Where each fault of the template as a whole is mended. */
const places: Partial<Record<RenderProblem['code'], string>> = { 'sms-signature-unregistered': 'channel' }

function placeOf(problem: RenderProblem): string {
  const { code } = problem
  if (code === 'sms-variable-missing') return `template.values.${problem.variable}`
  return places[code] ?? 'template'
}

/** What the provider of text messages would refuse, as far as it is certain before there is a customer. */
export function templateFindings(settings: Sending, terms: SmsTerms | null | undefined): Finding[] {
  const { channel, template, ai } = settings
  if (terms === undefined || channelOf(channel).content !== 'sms') return []
  if (terms === null)
    return template === null
      ? []
      : [{ code: 'sms-template-unused', field: 'template', details: { template: template.code } }]
  const meant = templateMeant(terms, template)
  const names = meant === undefined ? null : new Set(templateVariables(meant.text, terms.provider))
  return [
    ...templateProblems(terms, settings).map((problem) => findingOf(problem, placeOf(problem))),
    ...(ai === null ? [] : [{ code: 'sms-not-polished', field: 'ai' }]),
    ...templateTexts(settings).flatMap((one): Finding[] => {
      const name = one.field.split('.')[2] ?? ''
      if (meant === undefined || names === null) return []
      if (!names.has(name))
        return [{ code: 'sms-variable-unknown', field: one.field, details: { variable: name } }]
      return valueFindings(name, one, { meant, terms })
    }),
  ]
}
