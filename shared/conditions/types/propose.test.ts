import { describe, expect, test } from 'vitest'
import type { Value } from '../value.ts'
import { propose } from './propose.ts'

const context = { zone: 'Asia/Shanghai', currency: 'CNY' }
const proposed = (name: string, values: readonly Value[]) => {
  const { type, format, values: of, readable } = propose(values, name, context)
  return format === null ? `${type} ${readable}/${of}` : `${type} ${format} ${readable}/${of}`
}

describe('a column’s type is proposed from its values and its name', () => {
  test.each<[string, string, readonly Value[], string]>([
    ['plain numbers', 'points', ['1', '20', '300.5', ''], 'number 3/3'],
    ['numbers as people write them', '累计消费', ['1,280.00', '300', '2000'], 'number 3/3'],
    ['amounts', '余额', ['1,280.00', '¥2000', '2,000元'], 'money 3/3'],
    ['numbers beside words', '积分', ['100', '200', '暂无', '不适用', '300'], 'number 3/4'],
    ['numbers stored by an earlier release', '编号', [1, 2, 3], 'number 3/3'],
    [
      'dates in every form',
      '纪念日',
      ['2020/8/19', '2020年8月19日', '20200819', '2020-08-19 00:00:00'],
      'date 4/4',
    ],
    ['dates of eight digits', 'x', ['20260819', '20261231'], 'date 2/2'],
    ['dates beside a number that is none', '到期', ['20260819', '20261231', '46253'], 'date 2/3'],
    ['days of a spreadsheet', '到期日', ['46253', '46300', ''], 'date serial 2/2'],
    ['numbers that might be days, where the name says nothing', 'score', ['46253', '46300'], 'number 2/2'],
    ['the day first, as one of them shows', 'since', ['08/10/2026', '19/08/2026'], 'date day-first 2/2'],
    ['the month first, as one of them shows', 'since', ['08/10/2026', '08/19/2026'], 'date month-first 2/2'],
    ['dates of which none tells the order', 'since', ['08/10/2026', '09/10/2026', '08/08/2026'], 'date 1/3'],
    ['birthdays without a year', '生日', ['08/19', '12-31', '8月19日'], 'date month-first 3/3'],
    ['fractions', 'size', ['1/2', '3/4'], 'text 2/2'],
    ['times', 'last_seen', ['2026-08-19 10:30:00', '2026-08-19T10:00:00Z'], 'time 2/2'],
    ['yes and no', '是否会员', ['是', '否', ''], 'yes_no 2/2'],
    ['one and zero under a name that asks', '是否会员', ['1', '0'], 'yes_no 2/2'],
    ['one and zero', 'level', ['1', '0'], 'number 2/2'],
    ['yes, no and more', '状态', ['是', '否', '待定'], 'text 3/3'],
    ['lists between bars', 'x', ['a|b', 'c'], 'list | 2/2'],
    ['tags', '标签', ['a,b', 'c'], 'list , 2/2'],
    ['words that come again', 'x', Array(12).fill(['红、蓝', '蓝、白', '红']).flat(), 'list 、 36/36'],
    ['sentences', 'note', ['Hello, dear', 'Well, I never'], 'text 2/2'],
    ['addresses', '地址', ['上海市，静安区', '北京市，海淀区', '广州市，天河区'], 'text 3/3'],
    ['nothing', 'x', ['', ' ', 'N/A'], 'text 1/1'],
  ])('%s', (_case, name, values, expected) => {
    expect(proposed(name, values)).toBe(expected)
  })
})

describe('what only looks like a number is text', () => {
  test.each<[string, string, readonly string[]]>([
    ['codes with leading zeros', '门店', ['010', '10', '0010', 'A10']],
    ['long ids', 'x', ['2781230000000000123', '2781230000000000124']],
    ['phones', 'x', ['13800138000', '13900139000']],
    ['numbers with a country', 'x', ['+8613800138000', '+15551234']],
    ['postcodes', '邮编', ['200040', '510000']],
    ['ids by their name', 'memberId', ['1001', '1002']],
    ['store codes by their name', '门店编码', ['10', '20']],
    ['goods by their name', 'SKU', ['10023', '10024']],
    ['numbers of orders', 'order_no', ['20260819', '20260820']],
    ['codes with an E in them', 'x', ['12E3', '13E4']],
  ])('%s', (_case, name, values) => {
    expect(proposed(name, values)).toBe(`text ${values.length}/${values.length}`)
  })
})
