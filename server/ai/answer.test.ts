import { describe, expect, test } from 'vitest'
import { readAnswer, readCompletion } from './answer.ts'

describe('the text of an answer', () => {
  test.each([
    ['bare', '{"text":"你好"}'],
    ['with blank space', ' \n {"text":" 你好 "} '],
    ['in a fence', '```json\n{"text":"你好"}\n```'],
    ['in a fence without a language', '```\n{"text":"你好"}```'],
    ['after a sentence', 'Sure! {"text":"你好"} Hope it helps.'],
    ['after thoughts with braces', '<think>{"text":"no"}</think>\n{"text":"你好"}'],
  ])('is read %s', (_, content) => {
    expect(readAnswer(content)).toBe('你好')
  })

  test.each([
    ['nothing', ''],
    ['bare words', '你好'],
    ['an empty text', '{"text":"  "}'],
    ['another shape', '{"message":"你好"}'],
    ['further fields', '{"text":"你好","offer":"买一送一"}'],
    ['a list', '[{"text":"你好"},{"text":"再见"}]'],
    ['a broken object', '{"text":"你好'],
    ['no string', '{"text":5}'],
  ])('is not made up from %s', (_, content) => {
    expect(readAnswer(content)).toBeNull()
  })

  test('may itself hold a fence or braces', () => {
    expect(readAnswer(JSON.stringify({ text: '用 ```码``` {A}' }))).toBe('用 ```码``` {A}')
  })
})

describe('a completion', () => {
  const choices = [{ message: { content: 'x' } }]

  test('is read from servers that leave out all they can', () => {
    const reply = { model: null, usage: null, content: 'x', refusal: null, finish: null }
    expect(readCompletion({ choices })).toEqual(reply)
    expect(readCompletion({ choices, usage: { total: 3 }, model: '' })).toEqual(reply)
  })

  test('is nothing else', () => {
    for (const body of [null, '<html>', {}, { choices: [] }, { choices: [{ text: 'x' }] }]) {
      expect(readCompletion(body)).toBeNull()
    }
  })
})
