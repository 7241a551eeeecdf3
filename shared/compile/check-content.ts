import type { Content, Library } from '../contents/content.ts'
import { textsIn } from '../contents/fields.ts'
import { sayVariant } from '../contents/words.ts'
import { describeRenderProblem } from '../message/problems.ts'
import { variablesOf } from '../message/variables.ts'
import { prohibitedWords } from '../message/words.ts'
import { checkContentName } from './check-contents.ts'
import { type Diagnostic, diagnose } from './diagnostics.ts'

/** What is wrong or doubtful in a content by itself, whichever message shows it. */
export function checkContent(content: Content, library: Library): Diagnostic[] {
  return textsIn(content).flatMap(({ variant, field, locale, text }) => {
    const place = { node: null, field: [variant, field, locale].filter((part) => part !== '').join('.') }
    const { variables, problems } = variablesOf(text)
    const found = [
      ...problems.map((problem) => {
        const { message, mend } = describeRenderProblem(problem)
        const zh = { detail: message['zh-CN'], mend: mend['zh-CN'] }
        return diagnose('template-syntax', { ...place, zh }, { detail: message.en, mend: mend.en })
      }),
      ...variables.flatMap((variable) => checkContentName(variable, place, library)),
      ...prohibitedWords(text).map(({ word, severity, advice }) =>
        diagnose(
          'prohibited-word',
          { ...place, severity: severity === 'block' ? 'error' : 'warning' },
          { word, advice_en: advice.en, advice_zh: advice['zh-CN'] },
        ),
      ),
    ]
    const name = sayVariant(variant)
    return found.map((one) =>
      diagnose(
        'in-content',
        {
          ...place,
          severity: one.severity,
          zh: { variant: name['zh-CN'], problem: one.message['zh-CN'], mend: one.mend['zh-CN'] },
        },
        { content: content.key, variant: name.en, problem: one.message.en, mend: one.mend.en },
      ),
    )
  })
}
