import { describe, expect, test } from 'vitest'
import en from './en/index.ts'
import zh from './zh-CN/index.ts'

interface Tree {
  readonly [key: string]: string | Tree
}

function flatten(tree: Tree, path = ''): [key: string, text: string][] {
  return Object.entries(tree).flatMap(([key, value]): [string, string][] =>
    typeof value === 'string' ? [[`${path}${key}`, value]] : flatten(value, `${path}${key}.`),
  )
}

const chinese = new Map(flatten(zh))
const english = new Map(flatten(en))
const holes = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1]).sort()
const base = (key: string) => key.replace(/_one$/, '')

describe('the words of the interface', () => {
  test('are the same keys in both languages', () => {
    expect([...new Set([...english.keys()].map(base))].sort()).toEqual([...chinese.keys()].sort())
  })

  test('leave the same places for values', () => {
    const differing = [...english].filter(
      ([key, text]) => holes(text).join() !== holes(chinese.get(base(key)) ?? '').join(),
    )
    expect(differing).toEqual([])
  })

  test('are never empty and never shout', () => {
    const loud = [...chinese, ...english].filter(([, text]) => text.trim() === '' || /[!！]/.test(text))
    expect(loud).toEqual([])
  })

  test('put a space between Chinese and letters or digits', () => {
    const tight = [...chinese].filter(([, text]) =>
      /[\p{Script=Han}](?:[A-Za-z0-9]|\{\{)|(?:[A-Za-z0-9]|\}\})[\p{Script=Han}]/u.test(
        text
          .replaceAll('{{language}}', '语言')
          .replaceAll('{{channel}}', '渠道')
          .replace(/^.*\.(csv|json).*$/, ''),
      ),
    )
    expect(tight).toEqual([])
  })
})
