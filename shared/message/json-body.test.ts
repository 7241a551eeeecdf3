import { describe, expect, test } from 'vitest'
import { send } from '../nodes/send.ts'
import { someone } from '../testing/driver.ts'
import { sketchBrand } from '../testing/sketch.ts'
import { compose, type WrittenMessage } from './compose.ts'

const robot =
  '{"msg_type":"text","content":{"text":"{{ customer.name }} 下单了：{{ entry.note }}"},"amount":{{ entry.amount }}}'
const customer = { name: '"小\\红"\n第二行' }

function outcome(text: string, variables: Record<string, unknown>, body: WrittenMessage['body'] = 'json') {
  const made = compose(
    { channel: 'webhook', purpose: 'service', subject: null, text: { 'zh-CN': text }, body },
    { brand: sketchBrand(), customer: someone({}), variables, now: 0, zone: 'UTC' },
  )
  if (made.ok) return made.message.text
  return made.gate === 'render' ? made.problems.map(({ code }) => code).join() : made.gate
}

function codes(text: string, body: 'envelope' | 'json'): string[] {
  const config = send.config.parse({
    ...{ channel: 'webhook', url: 'https://robot.example/x', text: { 'zh-CN': text }, body },
  })
  return (send.check?.(config, { zone: 'UTC', now: 0 }) ?? []).map(({ code }) => code)
}

describe('a webhook’s body of one’s own', () => {
  test('is the JSON that is written, with values escaped in it', () => {
    const text = outcome(robot, { customer, entry: { note: '{"a":1}', amount: 12900 } })
    expect(JSON.parse(text)).toEqual({
      msg_type: 'text',
      content: { text: '"小\\红"\n第二行 下单了：{"a":1}' },
      amount: 12900,
    })
  })

  test('takes a whole value by the filter json, and loops and conditions', () => {
    const items = [{ title: '香薰"' }, { title: '茶' }]
    const list =
      '{"items":[{% for i in items %}"{{ i.title }}"{% unless forloop.last %},{% endunless %}{% endfor %}]}'
    expect(JSON.parse(outcome(list, { items }))).toEqual({ items: ['香薰"', '茶'] })
    expect(JSON.parse(outcome('{"name":{{ customer.name | json }}}', { customer }))).toEqual(customer)
    const captured = '{% capture who %}{{ customer.name }}先生{% endcapture %}{"who":"{{ who }}"}'
    expect(JSON.parse(outcome(captured, { customer }))).toEqual({ who: `${customer.name}先生` })
  })

  test('never leaves broken: no value can add to it', () => {
    expect(outcome(robot, { customer, entry: { note: 'x', amount: '1, "admin": true' } })).toBe(
      'invalid-json',
    )
    expect(outcome('{"a": {{ customer.name }}}', { customer: { name: '王芳' } })).toBe('invalid-json')
    expect(outcome('"{{ customer.name }}"', { customer })).toBe('invalid-json')
    expect(outcome('{"a":"{{ customer.name }}"}', { customer: { name: null } })).toBe('missing-value')
    expect(outcome('{"a":null,"b":"{{ customer.name }}"}', { customer: { name: '王' } })).toBe(
      '{"a":null,"b":"王"}',
    )
  })

  test('without it the text goes as one string, as it always did', () => {
    expect(outcome('{{ customer.name }} 下单了', { customer }, 'envelope')).toBe(`${customer.name} 下单了`)
  })

  test('is checked before there is any customer', () => {
    expect(codes(robot, 'envelope')).toEqual(['json-in-envelope'])
    expect(codes('{{ customer.name }} 下单了', 'envelope')).toEqual([])
    expect(codes(robot, 'json')).toEqual(['json-unquoted'])
    expect(codes('{"a":"{{ customer.name }}", "b":{{ entry.amount | json }}}', 'json')).toEqual([])
    expect(codes('{"a":"{{ customer.name }}",}', 'json')).toEqual(['json-invalid'])
    expect(codes('{"a":{{ customer.name }}', 'json')).toEqual(['json-invalid'])
    expect(codes('你好 {{ customer.name }}', 'json')).toEqual(['json-invalid'])
    expect(codes('{"a":[{% for i in entry.items %}"{{ i }}",{% endfor %}"z"]}', 'json')).toEqual([])
  })
})
