import type { Check } from './check.ts'
import type { PolishRequest } from './polish.ts'

/** A seeding message as a member of the demo brand would get it. */
export function aRequest(changes: Partial<PolishRequest> = {}): PolishRequest {
  return {
    sop: '【鹊桥礼物】亲爱的王芳，七夕大礼盒 8 月 19 日前下单立减 50 元，回T退订',
    facts: { name: '王芳', tier: '金卡', interest: '香氛', points: 1280, city: null },
    instructions: '亲切，像老朋友',
    channel: 'sms',
    locale: 'zh-CN',
    maxChars: 120,
    signature: '【鹊桥礼物】',
    ...changes,
  }
}

/** A check of numbers only: none may come in, none of the written text may go. */
export const numbersOnly: Check = (text, { sop, facts }) => {
  const numbers = (words: string): string[] => words.match(/\d+/g) ?? []
  const given = numbers([sop, ...Object.values(facts)].join(' '))
  return [
    ...numbers(text)
      .filter((number) => !given.includes(number))
      .map((number) => `the number ${number} was not given`),
    ...numbers(sop)
      .filter((number) => !numbers(text).includes(number))
      .map((number) => `the number ${number} is missing`),
  ]
}
