import { expect, test } from 'vitest'
import type { Condition } from '../../shared/conditions/schema.ts'
import { registry } from '../../shared/nodes/index.ts'
import { readDraft } from '../nodes/draft.ts'
import { operandFor } from './value.ts'
import { asOperand, fittingVariables, named, ownVariables, variableIn } from './variable.ts'

const variables = ownVariables({
  least: { name: { 'zh-CN': '门槛', en: 'Threshold' }, value: 100 },
  gift: { value: 'a cup' },
  open: { value: true },
  'customer.points': {},
})
const names = (wanted: Parameters<typeof fittingVariables>[1]) =>
  fittingVariables(variables, wanted).map(({ name }) => name)

test('only variables that the journey gives a value are offered, and of those the ones that fit', () => {
  expect(names({ number: false, declared: null })).toEqual(['least', 'gift', 'open'])
  expect(names({ number: true, declared: null })).toEqual(['least'])
  expect(names({ number: false, declared: { type: 'money', format: null } })).toEqual(['least'])
  expect(names({ number: false, declared: { type: 'date', format: null } })).toEqual(['gift'])
  expect(names({ number: false, declared: { type: 'yes_no', format: null } })).toEqual(['open'])
})

test('a condition says a variable by its name in the reader’s language', () => {
  const points: Condition = { kind: 'attribute', name: 'points', op: 'gte', value: asOperand('least') }
  expect(named(points, variables, 'zh-CN')).toMatchObject({ value: '「门槛」' })
  expect(named(points, variables, 'en')).toMatchObject({ value: '“Threshold”' })
})

test('another comparison keeps the variable, but for one with a list', () => {
  expect(variableIn(operandFor('lt', asOperand('least')))).toBe('least')
  expect(operandFor('in', asOperand('least'))).toEqual([])
  expect(operandFor('is_set', asOperand('least'))).toBeUndefined()
})

const branch = (value: unknown) => ({
  branches: [
    { id: 'yes', name: { en: 'Yes' }, when: { kind: 'attribute', name: 'points', op: 'gte', value } },
  ],
})

test('a form is given the variable in its place, also one that is gone, to be chosen anew', () => {
  const type = registry.get('branch')
  if (type === undefined) throw new Error('no branch')
  const drawn = branch({ variable: 'least' })
  for (const values of [{ least: 100 }, {}])
    expect(readDraft(type, drawn, values)).toEqual({ shape: 'right', config: drawn, issues: [] })
})

test('a variable where no form can show it is left to the file', () => {
  const type = registry.get('wait')
  if (type === undefined) throw new Error('no wait')
  const config = type.config.parse(type.defaults())
  const until = { kind: 'duration', span: { amount: { variable: 'days' }, unit: 'day' } }
  expect(readDraft(type, { ...Object(config), until }, { days: 3 }).shape).toBe('wrong')
})
