import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { someone } from '../testing/driver.ts'
import { sketchBrand } from '../testing/sketch.ts'
import { compose, type WrittenMessage } from './compose.ts'
import { frameOf, mailOf } from './html.ts'
import { htmlToText, isHtml, sanitizeHtml } from './html-mail.ts'

const page =
  '<table width="600"><tr><td style="color:#333"><p>亲爱的 {{ customer.name }}：</p><a href="https://shop.example/a?b=1&c=2">去看看</a></td></tr></table>'

function mail(text: string, name = '王芳', more: Partial<WrittenMessage> = {}) {
  const written: WrittenMessage = {
    channel: 'email',
    purpose: 'marketing',
    subject: { 'zh-CN': '七夕礼盒' },
    text: { 'zh-CN': text },
    body: 'envelope',
    ...more,
  }
  const brand = sketchBrand()
  const at = {
    brand,
    customer: someone({}),
    variables: { customer: { name } },
    now: 0,
    zone: 'Asia/Shanghai',
  }
  const made = compose(written, at)
  if (!made.ok) throw new Error(JSON.stringify(made))
  const { text: body, format } = made.message
  return { body, format, ...mailOf(body, format, frameOf(brand, 'zh-CN', 'https://magpie.example/u/x')) }
}

describe('an e-mail written as HTML', () => {
  test('keeps its tags and the parameters of its links, and has a text for whoever reads no HTML', () => {
    const made = mail(page)
    expect(made.format).toBe('html')
    expect(made.html).toContain('<table width="600"><tr><td style="color:#333"><p>亲爱的 王芳：</p>')
    expect(made.html).toContain('<a href="https://shop.example/a?b=1&amp;c=2">去看看</a>')
    expect(made.html).toContain('https://magpie.example/u/x')
    expect(made.text).toContain('亲爱的 王芳：\n去看看 (https://shop.example/a?b=1&c=2)')
    expect(made.text).toContain('退订邮件: https://magpie.example/u/x')
  })

  test('shows what a customer is called, and never takes it for a tag', () => {
    const made = mail(page, '<img src=x onerror=alert(1)>"王\'芳&')
    expect(made.body).toContain('亲爱的 &lt;img src=x onerror=alert(1)&gt;"王\'芳&amp;：')
    expect(made.text).toContain('亲爱的 <img src=x onerror=alert(1)>"王\'芳&：')
    const inLink = mail('<p>x</p><a href="{{ customer.name }}">去</a>', 'javascript:alert(1)')
    expect(inLink.body).toBe('<p>x</p><a>去</a>')
    expect(mail('<a title={{ customer.name }}>去看看</a>', 'x onmouseover=alert(1)').body).not.toContain(
      'onmouse',
    )
  })

  test('a text that is no HTML stays plain, whatever a value holds', () => {
    const made = mail('{{ customer.name }}，您好 1 < 2', '<!doctype html><b>王</b>')
    expect(made.format).toBe('text')
    expect(made.html).toContain('&lt;!doctype html&gt;&lt;b&gt;王&lt;/b&gt;，您好 1 &lt; 2')
    expect(made.text).toContain('<!doctype html><b>王</b>，您好')
  })

  test('a whole document keeps its head, and gets the way out before its end', () => {
    const made = mail(
      '<!DOCTYPE html><html><head><style>p{color:red}</style></head><body><p>您好</p></body></html>',
    )
    expect(made.html).toMatch(
      /^<!doctype html>\n<html><head><style>p\{color:red\}<\/style><\/head><body><p>您好<\/p>/,
    )
    expect(made.html.indexOf('退订邮件')).toBeLessThan(made.html.indexOf('</body>'))
  })

  test('is held where it says nothing, and where a word is hidden between tags', () => {
    const held = (text: string) => {
      const brand = sketchBrand()
      const written: WrittenMessage = {
        ...{ channel: 'email', purpose: 'marketing', subject: { 'zh-CN': 'x' } },
        ...{ text: { 'zh-CN': text }, body: 'envelope' },
      }
      const made = compose(written, { brand, customer: someone({}), variables: {}, now: 0, zone: 'UTC' })
      return made.ok ? 'sent' : made.gate
    }
    expect(held('<p> </p><table><tr><td>&nbsp;</td></tr></table>')).toBe('render')
    expect(held('<p>全网最<b></b>佳礼物</p>')).toBe('compliance')
    expect(held('<p><img src="https://a.example/x.png" alt="礼盒"></p>')).toBe('sent')
  })
})

describe('cleaning HTML', () => {
  test('takes away what runs, loads or misleads, and says so', () => {
    const cases: [string, string, string[]][] = [
      ['<p onclick="x()">a</p>', '<p>a</p>', ['p onclick']],
      ['a<script>alert("</p>")</script>b', 'ab', ['script']],
      ['<a href="java\nscript:x">a</a>', '<a>a</a>', ['a href']],
      ['<a href=" JAVASCRIPT:x">a</a>', '<a>a</a>', ['a href']],
      ['<a href="data:text/html,x">a</a>', '<a>a</a>', ['a href']],
      ['<iframe src="https://x.example">a</iframe>b', 'b', ['iframe']],
      ['<form action="https://x.example"><input>a</form>b', 'b', ['form']],
      ['<svg><script>1</script></svg>b', 'b', ['svg']],
      ['<p style="width:expression(alert(1))">a</p>', '<p>a</p>', ['p style']],
      ['<p style="position:/**/fixed">a</p>', '<p>a</p>', ['p style']],
      ['<style>@import url(x)</style>a', '<style></style>a', ['style']],
      ['<meta http-equiv="refresh" content="0;url=x">a', 'a', ['meta']],
      ['<base href="https://x.example">a', 'a', ['base']],
      ['<p>a<!-- hidden --></p>', '<p>a</p>', []],
      ['<b>粗</b><unknown>词</unknown>', '<b>粗</b>词', ['unknown']],
    ]
    for (const [source, html, dropped] of cases) expect(sanitizeHtml(source)).toEqual({ html, dropped })
  })

  test('of any text leaves nothing that runs, and cleaning again changes nothing', () => {
    const part = fc.constantFrom(
      ...[
        '<script>',
        '</script>',
        '<p ',
        'onload=x',
        '>',
        '<',
        '"',
        "'",
        '<a href=',
        'javascript:',
        '</a>',
        '<style>',
      ],
      ...[
        '</style>',
        '<img src=x',
        '&lt;',
        '&#60;',
        '<svg>',
        '<!--',
        '-->',
        'x',
        '=',
        ' ',
        '/',
        '\n',
        '<iframe',
      ],
    )
    fc.assert(
      fc.property(fc.array(part, { maxLength: 14 }), (parts) => {
        const { html } = sanitizeHtml(parts.join(''))
        expect(html).not.toMatch(
          /<(?:script|iframe|svg)\b|<[a-z]+[^>"]*\son\w+=|(?:href|src)="\s*javascript/i,
        )
        expect(sanitizeHtml(html).html).toBe(html)
      }),
      { seed: 7, numRuns: 500 },
    )
  })

  test('HTML is told from words with a "<"', () => {
    for (const text of ['<p>a', 'a<br>b', '<table width=1>', '</div>', '<IMG SRC=x>', '<!DOCTYPE html>'])
      expect([text, isHtml(text)]).toEqual([text, true])
    for (const text of ['1 < 2 > 0', '价格<100', '<王芳>', '{{ a }} <3', 'a <b', '<https://x.example>'])
      expect([text, isHtml(text)]).toEqual([text, false])
  })

  test('its words are read as they are seen', () => {
    expect(
      htmlToText('<h1>七夕</h1><p>一 &amp; 二<br>三</p><ul><li>a</li><li>b</li></ul><style>x</style>'),
    ).toBe('七夕\n一 & 二\n三\na\nb')
  })
})
