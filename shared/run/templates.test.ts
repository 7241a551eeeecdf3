import { describe, expect, test } from 'vitest'
import { parseJourney } from '../journey/file.ts'
import { type DriveInput, drive, happening, planFor, someone } from '../testing/driver.ts'
import { sketchBrand } from '../testing/sketch.ts'

const files = import.meta.glob<string>('../../templates/*.journey.json', {
  query: '?raw',
  import: 'default',
  eager: true,
})
const enters = '2026-08-05T10:00:00+08:00'
const inHours = (hours: number) => Date.parse(enters) + hours * 3_600_000

/** Leads 王芳 through a template, entering on a Wednesday at ten, nobody in the control group. */
function through(name: string, input: Partial<DriveInput> = {}) {
  const [, text] = Object.entries(files).find(([path]) => path.endsWith(`/${name}.journey.json`)) ?? []
  const parsed = parseJourney(text)
  if (!parsed.ok) throw new Error(`${name} cannot be read`)
  const settings = { ...parsed.journey.settings, controlGroup: { percent: 0, salt: '' } }
  const driven = drive(planFor({ ...parsed.journey, settings }), { at: enters, ...input })
  return {
    ...driven,
    messages: driven.sent.map(
      ({ node, at }) => `${node} ${Math.round((at - Date.parse(enters)) / 3_600_000)}h`,
    ),
    texts: driven.sent.map(({ text: words }) => words),
  }
}

describe('a new member', () => {
  test('who orders on the second day is thanked and not reminded', () => {
    const { ending, messages, tags } = through('new-member-welcome', {
      events: [happening('order', inHours(30), {}, 15_900)],
      tags: ['新客待首单'],
    })
    expect(messages).toEqual(['hello 0h', 'coupon-sms 1h', 'thanks 30h'])
    expect(ending).toBe('welcomed')
    expect([...tags]).toEqual(['新客已首单'])
  })

  test('who ordered within the first hour is thanked too', () => {
    const { messages } = through('new-member-welcome', {
      events: [happening('order', inHours(0.5), {}, 15_900)],
    })
    expect(messages).toEqual(['hello 0h', 'coupon-sms 1h', 'thanks 1h'])
  })

  test('who stays silent gets one of two reminders, always the same', () => {
    const reminders = ['c1', 'c2', 'c3', 'c4', 'c5', 'c6', 'c7', 'c8'].map((id) => {
      const { ending, messages, tags } = through('new-member-welcome', { customer: someone({ id }) })
      expect([ending, messages.length, [...tags]]).toEqual(['later', 3, ['新客待首单']])
      return messages[2]
    })
    expect(new Set(reminders)).toEqual(new Set(['remind-gift 73h', 'remind-self 73h']))
  })
})

describe('a friend who is invited', () => {
  const brand = {
    ...sketchBrand(),
    ...{ linkBase: 'https://m.example', referrals: [{ key: 'friends', seq: 1 }] },
  }
  const order = happening('order', inHours(-1), {}, 39_900)

  test('is told of to whoever sent the link, and so is the reward', () => {
    const { ending, messages, texts } = through('referral-invite', {
      ...{ brand, entry: { event: order } },
      events: [happening('referral_invited', inHours(200)), happening('referral_rewarded', inHours(300))],
    })
    expect(messages).toEqual(['invite 168h', 'told 200h', 'thanks 300h'])
    expect(texts[0]).toContain('https://m.example/r/')
    expect(ending).toBe('done')
  })

  test('who does not come is asked for once more', () => {
    const { messages } = through('referral-invite', { brand, entry: { event: order } })
    expect(messages).toEqual(['invite 168h', 'remind 504h'])
  })
})

describe('three days before a birthday', () => {
  test('the coupon goes out by e-mail, then a greeting, then a reminder', () => {
    const { ending, messages, texts } = through('birthday-gift')
    expect(messages).toEqual(['birthday-mail 0h', 'happy-day 72h', 'remind 240h'])
    expect(texts[0]).toContain('满 ¥199 减 ¥50，有效至 9 月 4 日')
    expect(ending).toBe('done')
  })

  test('it goes out by SMS to who has no e-mail', () => {
    const { messages } = through('birthday-gift', { customer: someone({ email: null }) })
    expect(messages[0]).toBe('birthday-sms 0h')
  })

  test('who uses the coupon before the day is not reminded', () => {
    const code = through('birthday-gift').enrollment.coupons['birthday-coupon']?.code ?? ''
    const events = [happening('coupon_redeemed', inHours(20), { code })]
    const { ending, enrollment, messages } = through('birthday-gift', { events })
    expect(messages).toEqual(['birthday-mail 0h', 'happy-day 72h'])
    expect([ending, Object.keys(enrollment.goals)]).toEqual(['used', ['birthday-order']])
  })
})

describe('a cart that is left', () => {
  const entry = { trigger: 'carted', event: { id: 'e', properties: { product: '桂花香氛' } } }

  test('brings a note after an hour and a coupon a day later, naming the product', () => {
    const { ending, messages, texts } = through('cart-rescue', { entry })
    expect(messages).toEqual(['note 1h', 'cart-sms 25h'])
    for (const text of texts) expect(text).toContain('桂花香氛')
    expect(ending).toBe('not-rescued')
  })

  test('names no product where the event told none', () => {
    expect(through('cart-rescue').texts[0]).toContain('你挑的礼物还在购物车里')
  })

  test('brings nothing more once there is an order', () => {
    const { ending, messages } = through('cart-rescue', {
      entry,
      events: [happening('order', inHours(5), {}, 9900)],
    })
    expect(messages).toEqual(['note 1h'])
    expect(ending).toBe('rescued')
  })
})

describe('a customer who has been silent', () => {
  test('gets a word, two e-mails at most, and is left in peace', () => {
    const { ending, messages, tags } = through('win-back')
    expect(messages).toEqual(['care 0h', 'letter 240h', 'letter 480h'])
    expect([ending, [...tags]]).toEqual(['left-alone', ['沉睡']])
  })

  test('gets a larger coupon after larger orders', () => {
    const events = [happening('order', '2026-01-01T10:00:00+08:00', {}, 120_000)]
    expect(through('win-back', { events }).texts[0]).toContain('减 ¥80')
    expect(through('win-back').texts[0]).toContain('减 ¥30')
  })

  test('who comes back after the first e-mail is counted and hears no more', () => {
    const { ending, messages, tags, enrollment } = through('win-back', {
      events: [happening('order', inHours(300), {}, 9900)],
    })
    expect(messages).toEqual(['care 0h', 'letter 240h'])
    expect([ending, [...tags], Object.keys(enrollment.goals)]).toEqual(['came-back', ['已唤醒'], ['back']])
  })
})

describe('some weeks after an order', () => {
  test('there is a reminder, and a note a week later', () => {
    const entry = { trigger: 'ordered', event: { id: 'e', properties: { product: '桂花乌龙' } } }
    const { ending, messages, texts } = through('repurchase-reminder', { entry })
    expect(messages).toEqual(['remind 600h', 'note 768h'])
    expect(texts[0]).toContain('上次的桂花乌龙还喜欢吗')
    expect(ending).toBe('done')
  })

  test('who has bought again meanwhile hears nothing', () => {
    const { ending, messages } = through('repurchase-reminder', {
      events: [happening('order', inHours(100), {}, 9900)],
    })
    expect(messages).toEqual([])
    expect(ending).toBe('again')
  })

  test('who was added by hand goes the same way', () => {
    expect(through('repurchase-reminder', { entry: { trigger: 'picked' } }).messages).toEqual([
      'remind 600h',
      'note 768h',
    ])
  })
})

describe('whoever has left something in the cart', () => {
  test('hears of it at once on coming in, and no more after an order', () => {
    expect(through('left-in-cart').messages).toEqual(['note 0h'])
    const { ending } = through('left-in-cart', { events: [happening('order', inHours(3), {}, 15_900)] })
    expect(ending).toBe('ordered')
  })
})

describe('whoever has become a VIP', () => {
  test('is welcomed with a coupon and asked for a review a week later', () => {
    expect(through('vip-circle').messages).toEqual(['welcome 0h', 'ask 168h'])
  })
})

describe('after the first order', () => {
  test('two weeks later there is one reminder', () => {
    const { ending, messages } = through('second-order')
    expect(messages).toEqual(['hint 336h'])
    expect(ending).toBe('done')
  })
})

describe('a member for a hundred days', () => {
  test('has a word in the morning and one in the evening of that day', () => {
    const { ending, messages } = through('hundred-days')
    expect(messages).toEqual(['word 0h', 'news 10h'])
    expect(ending).toBe('done')
  })

  test('who orders in between hears no more', () => {
    const { ending, messages } = through('hundred-days', {
      events: [happening('order', inHours(3), {}, 9900)],
    })
    expect(messages).toEqual(['word 0h'])
    expect(ending).toBe('exit_rule')
  })
})

describe('whoever is no longer a VIP', () => {
  test('is asked to stay with a coupon, once, and left alone after two weeks', () => {
    const { ending, messages, tags } = through('vip-leaving')
    expect(messages).toEqual(['stay 0h'])
    expect([ending, [...tags]]).toEqual(['gone', []])
  })

  test('is marked on ordering', () => {
    const { ending, tags } = through('vip-leaving', { events: [happening('order', inHours(50), {}, 9900)] })
    expect([ending, [...tags]]).toEqual(['stayed', ['VIP 已挽回']])
  })
})

describe('a new friend in WeCom', () => {
  const friend = { ...someone(), externalUserId: 'wm1' }
  const from = (source: string, input: Partial<DriveInput> = {}) => {
    const entry = { trigger: 'added', event: { id: 'e', properties: { source } } }
    return through('wecom-welcome', { customer: friend, entry, ...input })
  }

  test('who says nothing for three days gets a coupon, and after using it a word of thanks', () => {
    const code = from('store').enrollment.coupons.gift?.code ?? ''
    const events = [happening('coupon_redeemed', inHours(100), { code })]
    const { ending, messages } = from('store', { events })
    expect(messages).toEqual(['hello-store 0h', 'offer 72h', 'thanks 172h'])
    expect(ending).toBe('done')
  })

  test('who leaves the coupon unused hears no more', () => {
    const { ending, messages } = from('store')
    expect(messages).toEqual(['hello-store 0h', 'offer 72h'])
    expect(ending).toBe('done')
  })

  test.each([
    ['message_replied', null],
    ['message_clicked', null],
    ['order', 15_900],
  ])('who answers by %s gets no coupon', (name, amount) => {
    const own = { enrollment_id: from('store').enrollment.id, node: 'hello-store' }
    const events = [happening(name, inHours(20), name === 'order' ? {} : own, amount)]
    const { ending, messages } = from('store', { events })
    expect(messages).toEqual(['hello-store 0h'])
    expect(ending).toBe('talking')
  })

  test('is greeted by where they came from', () => {
    const first = (source: string) => from(source).messages[0]
    expect([first('store'), first('parcel'), first('')]).toEqual([
      'hello-store 0h',
      'hello-parcel 0h',
      'hello 0h',
    ])
  })
})

describe('an order that has been shipped', () => {
  const properties = { order_id: 'o1', carrier: '顺丰速运', tracking: 'SF100200300' }
  const entry = { trigger: 'shipped', event: { id: 'e', properties } }

  test('is announced with its number, and its arrival told', () => {
    const events = [happening('order_delivered', inHours(50), { order_id: 'o1' })]
    const { ending, messages, texts } = through('delivery-notice', { entry, events })
    expect(messages).toEqual(['notice 0h', 'here 50h'])
    expect(texts[0]).toContain('顺丰速运单号 SF100200300')
    expect(ending).toBe('done')
  })

  test('waits on when another of the customer’s orders arrives', () => {
    const events = [happening('order_delivered', inHours(50), { order_id: 'o2' })]
    expect(through('delivery-notice', { entry, events }).messages).toEqual(['notice 0h'])
  })

  test('whose money is given back is followed no further', () => {
    const events = [happening('refund', inHours(5), { order_id: 'o1' }, 9900)]
    expect(through('delivery-notice', { entry, events }).ending).toBe('exit_rule')
  })
})

describe('an order that has arrived', () => {
  test('brings a word after three days, a request for a review after seven, and no more to who writes none', () => {
    const { ending, messages } = through('order-review')
    expect(messages).toEqual(['care 72h', 'ask 168h'])
    expect(ending).toBe('done')
  })

  test('brings a coupon to who writes a review', () => {
    const events = [happening('product_reviewed', inHours(200), { rating: 5 })]
    const { messages, tags, texts } = through('order-review', { events })
    expect(messages).toEqual(['care 72h', 'ask 168h', 'thanks 200h'])
    expect([...tags]).toEqual(['写过评价'])
    expect(texts[2]).toContain('满 ¥99 减 ¥15')
  })
})
