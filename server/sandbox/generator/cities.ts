import { Weighted } from './random.ts'

export interface City {
  name: string
  /** the tier by which Chinese marketers group cities */
  tier: '一线' | '新一线' | '二线' | '三线及以下' | '海外'
  /** share of the members */
  weight: number
  /** null: the brand's own zone */
  timezone: string | null
}

function tier(tierName: City['tier'], weight: number, names: string): City[] {
  return names.split(' ').map((name) => ({ name, tier: tierName, weight, timezone: null }))
}

const overseas: City[] = [
  { name: '香港', tier: '海外', weight: 0.25, timezone: 'Asia/Hong_Kong' },
  { name: '新加坡', tier: '海外', weight: 0.25, timezone: 'Asia/Singapore' },
  { name: '东京', tier: '海外', weight: 0.2, timezone: 'Asia/Tokyo' },
  { name: '悉尼', tier: '海外', weight: 0.15, timezone: 'Australia/Sydney' },
  { name: '伦敦', tier: '海外', weight: 0.15, timezone: 'Europe/London' },
  { name: '温哥华', tier: '海外', weight: 0.1, timezone: 'America/Vancouver' },
]

export const cities = new Weighted<City>(
  [
    ...tier('一线', 6.4, '上海 北京'),
    ...tier('一线', 4.9, '深圳 广州'),
    ...tier('新一线', 2.6, '杭州 成都 苏州 南京 武汉 重庆'),
    ...tier('新一线', 1.9, '西安 长沙 天津 郑州 宁波 青岛 合肥 东莞 佛山'),
    ...tier(
      '二线',
      1.1,
      '无锡 厦门 福州 济南 昆明 沈阳 大连 哈尔滨 温州 泉州 南宁 长春 南昌 贵阳 常州 石家庄 太原',
    ),
    ...tier(
      '三线及以下',
      0.45,
      '扬州 湖州 芜湖 洛阳 宜昌 桂林 绵阳 遵义 咸阳 临沂 保定 株洲 赣州 湛江 大同 包头',
    ),
    ...tier(
      '三线及以下',
      0.3,
      '银川 西宁 乌鲁木齐 海口 丽江 景德镇 黄山 衢州 襄阳 衡阳 上饶 南充 曲靖 锦州 吉林',
    ),
    ...overseas,
  ],
  (city) => city.weight,
)
