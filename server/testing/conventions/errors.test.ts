import { describe, expect, test } from 'vitest'
import { type ErrorEntry, errors, rooms } from '../../../shared/errors/index.ts'
import { signs } from '../../../shared/signs.ts'

const holes = (text: string) => [...text.matchAll(/\{([a-z_]+)\}/g)].map((match) => match[1]).sort()

/** What is wrong with an entry of the table of problems; empty when nothing is. */
function flaws(code: string, { status, message, mend }: ErrorEntry): string[] {
  const texts = [message['zh-CN'], message.en, mend['zh-CN'], mend.en]
  return [
    /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(code) ? '' : 'its code is not in kebab-case',
    status >= 400 && status < 600 ? '' : `${status} is no status of a problem`,
    texts.every((text) => text.trim() !== '') ? '' : 'a text is empty',
    /\p{Script=Han}/u.test(message['zh-CN']) && /\p{Script=Han}/u.test(mend['zh-CN'])
      ? ''
      : 'it is not in Chinese',
    /\p{Script=Han}/u.test(message.en + mend.en) ? 'its English is in Chinese' : '',
    texts.some((text) => /[!！]/.test(text)) ? 'it shouts' : '',
    holes(message['zh-CN']).join() === holes(message.en).join() ? '' : 'its messages need different values',
    holes(mend['zh-CN']).join() === holes(mend.en).join() ? '' : 'its mends need different values',
  ].filter((flaw) => flaw !== '')
}

describe('every problem that Magpie tells', () => {
  test('is worded in both languages, with the same values', () => {
    const found = Object.entries(errors).flatMap(([code, entry]) =>
      flaws(code, entry).map((flaw) => `${code}: ${flaw}`),
    )
    expect(found).toEqual([])
  })

  test('is worded so where the server tells of itself, too', () => {
    const found = Object.entries(signs).flatMap(([name, { message, mend, label }]) => [
      ...flaws(name, { status: 503, message, mend }),
      ...flaws(name, { status: 503, message: label, mend: label }),
    ])
    expect(found).toEqual([])
  })

  test('belongs to one room', () => {
    const codes = Object.values(rooms).flatMap((room) => Object.keys(room))
    expect(codes.filter((code, index) => codes.indexOf(code) !== index)).toEqual([])
    expect(Object.keys(errors)).toEqual(codes)
  })

  const good: ErrorEntry = {
    status: 404,
    message: { 'zh-CN': '没有找到{what}', en: '{what} was not found' },
    mend: { 'zh-CN': '请检查编号', en: 'Check the id' },
  }

  test('a good entry has no flaw', () => {
    expect(flaws('not-found', good)).toEqual([])
  })

  test.each([
    ['an empty text', { ...good, mend: { 'zh-CN': '请检查编号', en: ' ' } }],
    ['English in the place of Chinese', { ...good, mend: { 'zh-CN': 'Check the id', en: 'Check the id' } }],
    [
      'a value in one language only',
      { ...good, message: { 'zh-CN': '没有找到', en: '{what} was not found' } },
    ],
    ['a status of success', { ...good, status: 200 }],
  ])('%s is found', (_case, entry) => {
    expect(flaws('not-found', entry)).not.toEqual([])
  })
})
