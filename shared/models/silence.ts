import type { LocalText } from '../text.ts'
import { type ModelName, modelNames, type Scores, scoreNames, scores } from './scores.ts'

/** Why a model says nothing of a customer. */
export const silences = {
  'not-fitted': {
    'zh-CN': '模型还没有拟合过',
    en: 'The models have not been fitted yet',
  },
  'too-little': {
    'zh-CN': '客户太少，模型还算不出',
    en: 'Too few customers for the model',
  },
  'needs-order': {
    'zh-CN': '要等第一笔订单',
    en: 'Needs a first order',
  },
  'not-scored': {
    'zh-CN': '还没轮到给这位客户评分，一会儿就好',
    en: 'This customer’s turn to be scored has not come yet; it will shortly',
  },
  unknown: {
    'zh-CN': '这位客户的记录里没有它要看的内容',
    en: 'What is recorded of this customer holds nothing that it goes by',
  },
} as const satisfies Record<string, LocalText>
export type Silence = keyof typeof silences

const isSilence = (name: string): name is Silence => Object.hasOwn(silences, name)
export const silenceNames = Object.keys(silences).filter(isSilence)

/** What decides about silence: how the models were fitted last, and what is known of the customer. */
export interface Heard {
  /** null: never. */
  readonly fitted:
    | readonly {
        readonly name: ModelName
        readonly state: 'fitted' | 'too-little'
        readonly problem: LocalText | null
      }[]
    | null
  /** What is said; null of whoever was not scored. */
  readonly said: Scores | null
  readonly bought: boolean
}

interface SilentModel {
  readonly model: ModelName
  readonly reason: Silence
  readonly why: LocalText
}

const because = (model: ModelName, reason: Silence): SilentModel => ({ model, reason, why: silences[reason] })

function silenceOf(model: ModelName, { fitted, said, bought }: Heard): SilentModel {
  if (fitted === null) return because(model, 'not-fitted')
  const report = fitted.find(({ name }) => name === model)
  if (report?.state === 'too-little')
    return { ...because(model, 'too-little'), why: report.problem ?? silences['too-little'] }
  // Whoever has given everything back has orders, and is a prospect again. Stages need no order.
  const unbought = !bought || said?.score_stage === 'prospect'
  if (unbought && model !== 'stage') return because(model, 'needs-order')
  return because(model, said === null ? 'not-scored' : 'unknown')
}

/** The models that say nothing of a customer, each with why. */
export function silentModels(heard: Heard): SilentModel[] {
  const speak = new Set<ModelName>(
    scoreNames.filter((name) => heard.said?.[name] !== undefined).map((name) => scores[name].model),
  )
  return modelNames.filter((model) => !speak.has(model)).map((model) => silenceOf(model, heard))
}
