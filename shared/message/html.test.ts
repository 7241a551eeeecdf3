import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { emailFrame, emailText, textToHtml } from './html.ts'

const frame = {
  preheader: '七夕礼盒 <已上架>',
  unsubscribeUrl: 'https://m.example.cn/u?t=1&k=2',
  locale: 'zh-CN',
  brand: '鹊桥礼物',
} as const

describe('a plain text as HTML', () => {
  test('has paragraphs, line breaks and links', () => {
    expect(textToHtml('你好，\n王芳\r\n\r\n\n点 https://m.example.cn/q?a=1&b=2。再见')).toBe(
      '<p>你好，<br>\n王芳</p>\n<p>点 <a href="https://m.example.cn/q?a=1&amp;b=2">https://m.example.cn/q?a=1&amp;b=2</a>。再见</p>',
    )
    expect(textToHtml('(https://a.cn/x).')).toBe('<p>(<a href="https://a.cn/x">https://a.cn/x</a>).</p>')
    expect(textToHtml('https://a.cn/x_(y)')).toContain('href="https://a.cn/x_(y)"')
    expect(textToHtml(' \n ')).toBe('')
  })

  test('lets nothing of the text be a tag or a script', () => {
    expect(textToHtml('<script>alert(1)</script> javascript:alert(1)')).toBe(
      '<p>&lt;script&gt;alert(1)&lt;/script&gt; javascript:alert(1)</p>',
    )
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('<', '>', '"', "'", 'https://', 'a', '.', ' ', '\n') }),
        (text) => {
          const bare = textToHtml(text).replace(/<\/?p>|<br>|<a href="https:\/\/[^"<>]*">|<\/a>/g, '')
          expect(bare).not.toMatch(/[<>"']/)
        },
      ),
      { seed: 4 },
    )
  })
})

describe('the frame of an e-mail', () => {
  test('is a whole document with preheader, brand and a link to unsubscribe', () => {
    const html = emailFrame('<p>七夕快乐</p>', frame)
    expect(html).toMatch(/^<!doctype html>\n<html lang="zh-CN">/)
    expect(html).toContain('<p>七夕快乐</p>')
    expect(html).toContain('七夕礼盒 &lt;已上架&gt;')
    expect(html).toContain('<a href="https://m.example.cn/u?t=1&amp;k=2"')
    expect(html).toContain('退订邮件')
    expect(html).not.toContain('<script')
    expect(emailFrame('', { ...frame, locale: 'en' })).toContain('>Unsubscribe</a>')
  })

  test('a service message has no link to unsubscribe', () => {
    expect(emailFrame('<p>已发货</p>', { ...frame, unsubscribeUrl: null })).not.toContain('退订')
  })

  test('who reads no HTML finds the same way out at the end of the text', () => {
    expect(emailText('七夕快乐', frame)).toBe(
      '七夕快乐\n\n-- \n您收到这封邮件，因为您是鹊桥礼物的会员。\n退订邮件: https://m.example.cn/u?t=1&k=2',
    )
    expect(emailText('Shipped', { ...frame, locale: 'en', unsubscribeUrl: null })).toBe(
      'Shipped\n\n-- \nYou receive this e-mail as a member of 鹊桥礼物.',
    )
  })

  test('a body that is a document keeps its own head', () => {
    const html = emailFrame(
      '<html><head><title>T</title></head><BODY class="x"><p>a</p></BODY></html>',
      frame,
    )
    expect(html.match(/<html/g)).toHaveLength(1)
    expect(html).toMatch(
      /<BODY class="x"><div style="display:none[^>]*>[^<]*<\/div>\n<p>a<\/p><div.*退订邮件/,
    )
  })

  test('refuses an address that is none of the web', () => {
    expect(() => emailFrame('', { ...frame, unsubscribeUrl: 'javascript:alert(1)' })).toThrow(
      'not a web address',
    )
  })

  test('a brand’s name is text', () => {
    expect(emailFrame('', { ...frame, brand: 'A&B <$&>' })).toContain('A&amp;B &lt;$&amp;&gt;')
  })
})
