import { describe, expect, test } from 'vitest'
import { formOf } from './form.ts'
import { type ChannelDefinition, channelOf, channels, isChannel } from './index.ts'

describe('the list of channels', () => {
  test('has each once, named in both languages', () => {
    expect(channels.map((channel) => channel.id)).toEqual([
      'sms',
      'wecom',
      'wechat',
      'email',
      'in_app',
      'webhook',
    ])
    for (const channel of channels) {
      for (const name of [channel.name['zh-CN'], channel.name.en]) expect(name.length).toBeGreaterThan(1)
      expect(Number.isInteger(channel.priceMilli)).toBe(true)
    }
  })

  test('has for each a form that can be asked for, its secrets among the fields', () => {
    for (const { settings } of channels) {
      const names = formOf(settings).map(({ name }) => String(name))
      for (const secret of Object.keys(settings?.secrets ?? {})) expect(names).toContain(secret)
    }
  })

  test('can be extended by passing another', () => {
    const voice: ChannelDefinition = {
      id: 'voice',
      name: { 'zh-CN': '语音电话', en: 'Voice call' },
      content: 'text',
      attachments: [],
      address: 'phone',
      consent: 'sms',
      receipts: ['replied'],
      priceUnit: 'message',
      settings: null,
      priceMilli: 120,
    }
    expect(isChannel('voice')).toBe(false)
    expect(isChannel('voice', [...channels, voice])).toBe(true)
    expect(channelOf('voice', [...channels, voice]).priceMilli).toBe(120)
  })

  test('an unknown channel is a problem', () => {
    expect(() => channelOf('pigeon')).toThrow('pigeon was not found')
  })
})
