import {
  type FilledTemplate,
  filledText,
  type SmsTemplate,
  type SmsTerms,
  templateVariables,
  valueFault,
  valueRule,
} from '../channels/sms/register.ts'
import type { Chosen } from '../contents/choose.ts'
import { type Locale, say, type WrittenText } from '../text.ts'
import type { RenderProblem } from './problems.ts'
import { type MessageContext, render } from './render.ts'
import { endsInOptOut } from './sms.ts'

/** A registered template as a node chooses it, each variable with a text of ours. */
export interface ChosenTemplate {
  readonly code: string
  readonly values: Readonly<Record<string, WrittenText>>
}

interface Choosing {
  readonly template: ChosenTemplate | null
  readonly purpose: 'marketing' | 'service'
}

/** The template that is meant; undefined where the list does not have it. */
export const templateMeant = (
  { templates }: Pick<SmsTerms, 'templates'>,
  chosen: Pick<ChosenTemplate, 'code'> | null,
): SmsTemplate | undefined =>
  chosen === null ? undefined : templates.find(({ code }) => code === chosen.code)

/** What of a signature the provider would refuse; nothing where nobody has read its list yet. */
function signatureProblems({ signatures, signature }: SmsTerms): RenderProblem[] {
  const approved = signatures.filter(({ state }) => state === 'approved').map(({ name }) => name)
  if (signatures.length === 0 || approved.includes(signature)) return []
  return [{ code: 'sms-signature-unregistered', signature, known: approved.join('、') || '—' }]
}

/** What the provider would refuse whoever the message is for. */
export function templateProblems(terms: SmsTerms, { template: chosen, purpose }: Choosing): RenderProblem[] {
  if (chosen === null) return [{ code: 'sms-template-needed' }]
  const meant = templateMeant(terms, chosen)
  const { code: template } = chosen
  if (meant === undefined) return [{ code: 'sms-template-unknown', template }]
  const { kind, state, text } = meant
  const marketing = purpose === 'marketing'
  const names = templateVariables(text, terms.provider)
  return [
    ...(state === 'approved' ? [] : [{ code: 'sms-template-unapproved', template } as const]),
    ...(marketing && kind !== 'marketing' ? [{ code: 'sms-template-kind', template } as const] : []),
    ...(marketing && kind === 'marketing' && !endsInOptOut(text)
      ? [{ code: 'sms-template-no-opt-out', template } as const]
      : []),
    ...signatureProblems(terms),
    ...names.flatMap((variable) =>
      isWritten(chosen.values[variable]) ? [] : [{ code: 'sms-variable-missing', variable } as const],
    ),
  ]
}

const isWritten = (text: WrittenText | undefined): boolean =>
  Object.values(text ?? {}).some((one) => typeof one === 'string' && one.trim() !== '')

/** What the provider would refuse in one value. */
export function valueProblem(
  variable: string,
  value: string,
  { meant, terms }: { readonly meant: SmsTemplate; readonly terms: SmsTerms },
): RenderProblem | null {
  const rule = valueRule(meant, terms.provider)
  const { length } = [...value]
  switch (valueFault(value, rule)) {
    case null:
      return null
    case 'link':
      return { code: 'sms-variable-link', variable }
    case 'digits':
      return { code: 'sms-variable-digits', variable }
    case 'long':
      return { code: 'sms-variable-long', variable, length, most: rule.most ?? length }
    case 'short':
      return { code: 'sms-variable-short', variable, length, least: rule.least }
  }
}

export type FromTemplate =
  | {
      readonly ok: true
      readonly text: string
      /** The template as it is registered: what of the text the brand has had reviewed. */
      readonly written: string
      readonly contents: readonly Chosen[]
      readonly filled: FilledTemplate
    }
  | { readonly ok: false; readonly problems: RenderProblem[] }

/** The registered template with a customer's values: what is read, and what the provider is told. */
export function fromTemplate(
  terms: SmsTerms,
  choosing: Choosing,
  {
    variables,
    context,
  }: { readonly variables: Readonly<Record<string, unknown>>; readonly context: MessageContext },
): FromTemplate {
  const certain = templateProblems(terms, choosing)
  const meant = templateMeant(terms, choosing.template)
  if (certain.length > 0 || meant === undefined || choosing.template === null)
    return { ok: false, problems: certain }
  const problems: RenderProblem[] = []
  const contents: Chosen[] = []
  const values: Record<string, string> = {}
  for (const name of templateVariables(meant.text, terms.provider)) {
    const made = filledValue(choosing.template.values[name], context.locale, variables, context)
    if (!made.ok) problems.push(...made.problems)
    else {
      // What frames a value is no part of it, and operators count it.
      const value = made.text.trim()
      const fault =
        value === ''
          ? { code: 'sms-variable-missing' as const, variable: name }
          : valueProblem(name, value, { meant, terms })
      if (fault !== null) problems.push(fault)
      values[name] = value
      contents.push(...(made.contents ?? []))
    }
  }
  if (problems.length > 0) return { ok: false, problems }
  const { provider, signature } = terms
  return {
    ok: true,
    text: filledText(meant.text, provider, values),
    written: meant.text,
    contents,
    filled: { provider, code: meant.code, signature, values },
  }
}

function filledValue(
  written: WrittenText | undefined,
  locale: Locale,
  variables: Readonly<Record<string, unknown>>,
  context: MessageContext,
) {
  return render(written === undefined ? '' : say(written, locale), variables, context)
}
