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
