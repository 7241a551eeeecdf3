import { expect, test } from 'vitest'
import { openerOf } from './openers.ts'
import { robotOf } from './robots.ts'

const asking = (agent: string, more: object = {}) => robotOf({ method: 'GET', agent, purpose: '', ...more })

const people = [
  'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 MicroMessenger/8.0.49(0x18003137) NetType/WIFI Language/zh_CN',
  'Mozilla/5.0 (Linux; Android 14; V2309A) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/126.0 Mobile Safari/537.36 XWEB/1260 MMWEBSDK/20240501 MicroMessenger/8.0.50',
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Safari/537.36 Edg/126.0',
  'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1',
  'Mozilla/5.0 (Linux; U; Android 13; zh-CN; CUBOT X30) AppleWebKit/537.36 Chrome/100 UCBrowser/13 Mobile Safari/537.36',
]
const programs = [
  'MicroMessenger Client',
  'facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)',
  'Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)',
  'WhatsApp/2.23.20.0',
  'TelegramBot (like TwitterBot)',
  'Mozilla/5.0 (compatible; Baiduspider/2.0; +http://www.baidu.com/search/spider.html)',
  'curl/8.5.0',
  'python-requests/2.31',
  '',
]

test('whoever reads in a browser, or in WeChat’s, is a person', () => {
  expect(people.map((agent) => asking(agent))).toEqual(people.map(() => null))
})

test('programs that look at links before anybody does are told by their names', () => {
  for (const agent of programs) expect([agent, asking(agent)]).not.toEqual([agent, null])
})

test('a page that nobody has asked for yet is no press', () => {
  const [phone = ''] = people
  expect(asking(phone, { method: 'HEAD' })).toBe('HEAD')
  expect(asking(phone, { purpose: 'prefetch;prerender' })).toBe('prefetch')
})

test('what Apple Mail fetches says that a mail has arrived; Gmail fetches when somebody opens it', () => {
  expect(openerOf('Mozilla/5.0')).toEqual({ by: 'apple-prefetch', person: false })
  expect(
    openerOf('Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)'),
  ).toEqual({
    ...{ by: 'gmail-proxy', person: true },
  })
  expect(openerOf(people[2] ?? '')).toEqual({ by: null, person: true })
})
