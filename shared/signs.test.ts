import { expect, test } from 'vitest'
import { fill } from './errors/index.ts'
import { signs } from './signs.ts'

const one = (text: string) =>
  fill(text, Object.fromEntries([...text.matchAll(/\{([a-z_]+)/g)].map(([, name = '']) => [name, 1])))

test('one of anything is told in the singular, and more in the plural', () => {
  const wrong = Object.values(signs).flatMap(({ message, mend }) =>
    [message.en, mend.en]
      .map(one)
      .filter((text) => /\b1 [a-z]+s\b/.test(text.replace(/\b1 (is|has)\b/g, ''))),
  )
  expect(wrong).toEqual([])
  const { en } = signs['channel-rests'].message
  expect(fill(en, { channels: 'SMS', count: 1 })).toMatch(/1 message waits$/)
  expect(fill(en, { channels: 'SMS', count: 2 })).toMatch(/2 messages wait$/)
})
