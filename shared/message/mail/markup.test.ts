import { describe, expect, test } from 'vitest'
import { addressTemplate, markupTemplate, plainTemplate, wordsTemplate } from './markup.ts'

const html = (written: string) => markupTemplate(written, '#c8402f').replaceAll(/ style="[^"]*"/g, '')

describe('the text of a block', () => {
  test('has paragraphs, line breaks, bold, slanted words and lists', () => {
    expect(html('第一段\n第二行\n\n**要紧**，*也许*')).toBe(
      '<p>第一段<br>第二行</p><p><strong>要紧</strong>，<em>也许</em></p>',
    )
    expect(html('带上：\n- 伞\n- 书\n1. 一\n2. 二')).toBe(
      '<p>带上：</p><ul><li>伞</li><li>书</li></ul><ol><li>一</li><li>二</li></ol>',
    )
  })

  test('links to where a mail may lead, and keeps the words of what it may not', () => {
    expect(html('[看看](https://shop.example/a?b=1&c=2)')).toBe(
      '<p><a href="https://shop.example/a?b=1&amp;c=2">看看</a></p>',
    )
    expect(html('[看看](javascript:alert(1))')).not.toContain('<a')
    expect(html('[看看](data:text/html,x)')).toBe('<p>看看</p>')
  })

  test('never lets a tag in, and keeps its values for when there is a customer', () => {
    expect(html('1 < 2 <b>{{ customer.name }}</b>')).toBe(
      '<p>1 &lt; 2 &lt;b&gt;{{ customer.name }}&lt;/b&gt;</p>',
    )
    expect(html('{{ customer.note | raw }}')).toBe('<p>{{ customer.note | escape }}</p>')
    expect(wordsTemplate('"{{ customer.name | raw }}"')).toBe('&#34;{{ customer.name | escape }}&#34;')
  })

  test('is told without its marks to whoever reads no HTML, links with their address', () => {
    expect(plainTemplate('**要紧** [看看](https://shop.example)\n\n- 伞')).toBe(
      '要紧 看看 (https://shop.example)\n\n- 伞',
    )
  })
})

describe('an address', () => {
  test('is of the web, of mail or of a phone', () => {
    expect(addressTemplate(' https://shop.example/"x ')).toBe('https://shop.example/&#34;x')
    expect(addressTemplate('mailto:a@shop.example')).toBe('mailto:a@shop.example')
    for (const bad of [
      '',
      'shop.example',
      'javascript:alert(1)',
      ' JavaScript:x',
      'ftp://x',
      '{% if x %}https://x',
    ])
      expect(addressTemplate(bad), bad).toBeNull()
  })

  test('that is a value is asked whether it is one', () => {
    expect(addressTemplate('{{ entry.link }}')).toBe('{{ entry.link | web_address }}')
    expect(addressTemplate('https://shop.example/{{ customer.id | raw }}')).toBe(
      'https://shop.example/{{ customer.id | escape }}',
    )
  })
})
