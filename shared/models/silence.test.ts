import { describe, expect, test } from 'vitest'
import { modelNames } from './scores.ts'
import { type Heard, silentModels } from './silence.ts'

const few = { 'zh-CN': '买过东西的客户有 3 位', en: '3 customers have bought' }
const fitted = modelNames.map((name) => ({ name, state: 'fitted' as const, problem: null }))
const short = modelNames.map((name) => ({ name, state: 'too-little' as const, problem: few }))
const told = (heard: Heard) => silentModels(heard).map(({ model, reason }) => `${model} ${reason}`)
const others = modelNames.filter((name) => name !== 'stage')

describe('a model that says nothing of a customer', () => {
  test('has not been fitted, before anybody asked for it', () => {
    const heard = { fitted: null, said: null, bought: true }
    expect(told(heard)).toEqual(modelNames.map((name) => `${name} not-fitted`))
  })

  test('has too few customers to go by, and says so in its own words', () => {
    const heard = { fitted: short, said: null, bought: false }
    expect(silentModels(heard)[0]).toEqual({ model: 'rfm', reason: 'too-little', why: few })
  })

  test('needs a first order of a prospect, whose stage is known', () => {
    const needs = others.map((name) => `${name} needs-order`)
    expect(told({ fitted, said: { score_stage: 'prospect' }, bought: false })).toEqual(needs)
    expect(told({ fitted, said: { score_stage: 'prospect' }, bought: true })).toEqual(needs)
  })

  test('has not come to whoever has bought, or is new', () => {
    expect(told({ fitted, said: null, bought: true })).toContain('rfm not-scored')
    expect(told({ fitted, said: null, bought: false })).toContain('stage not-scored')
  })

  test('finds nothing that it goes by, while others speak', () => {
    const said = { score_stage: 'active', score_rfm_value: 3, score_churn: 0.2 }
    expect(told({ fitted, said, bought: true })).toEqual(
      ['gamma-gamma', 'propensity', 'habits', 'groups'].map((name) => `${name} unknown`),
    )
  })
})
