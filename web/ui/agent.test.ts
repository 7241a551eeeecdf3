import { expect, test } from 'vitest'
import { sayAgent } from './agent.ts'

const windows = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)'

test.each([
  [`${windows} Chrome/140.0.0.0 Safari/537.36`, 'Chrome · Windows'],
  [`${windows} Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0`, 'Edge · Windows'],
  ['Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:142.0) Gecko/20100101 Firefox/142.0', 'Firefox · macOS'],
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 Version/18.5 Mobile/15E148 Safari/604.1',
    'Safari · iPhone',
  ],
  [
    'Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/130.0.0.0 Mobile MicroMessenger/8.0.50',
    'WeChat · Android',
  ],
])('a browser is named with its system: %s', (agent, said) => {
  expect(sayAgent(agent)).toBe(said)
})

test('a program is named as it names itself', () => {
  expect(sayAgent('curl/8.5.0')).toBe('curl')
  expect(sayAgent('node')).toBe('node')
  expect(sayAgent('')).toBe('')
})
