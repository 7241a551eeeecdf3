import type { Random } from './random.ts'
import { Weighted } from './random.ts'

/** Common surnames, each with its rough share of the population in per mille. */
const surnameShares: readonly (readonly [name: string, share: number])[] = [
  ...Array.from('王李张刘陈', (name): [string, number] => [name, 62]),
  ...Array.from('杨赵黄周吴', (name): [string, number] => [name, 23]),
  ...Array.from('徐孙胡朱高林何郭马罗', (name): [string, number] => [name, 13]),
  ...Array.from('梁宋郑谢韩唐冯于董萧程曹袁邓许', (name): [string, number] => [name, 7]),
  ...Array.from('傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏', (name): [string, number] => [name, 4.5]),
  ...Array.from('钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙', (name): [string, number] => [
    name,
    3,
  ]),
  ...['欧阳', '上官', '司马', '诸葛'].map((name): [string, number] => [name, 0.6]),
]
const surnames = new Weighted(surnameShares, ([, share]) => share)

/** Given names of one generation: whole ones, and characters that parents joined in pairs. */
interface Generation {
  whole: readonly string[]
  first: string
  second: string
}

const women: Record<'before1980' | 'eighties' | 'nineties' | 'later', Generation> = {
  before1980: {
    whole: ['秀英', '丽', '敏', '静', '艳', '玲', '桂英', '红', '秀兰', '燕', '萍', '娟', '霞', '芳', '英'],
    first: '淑丽秀玉春小爱慧',
    second: '华兰珍芬琴云梅芝萍',
  },
  eighties: {
    whole: ['静', '婷', '婷婷', '娜', '敏', '丽娜', '晶晶', '莉', '倩', '雪', '璐', '艳', '丹丹', '莎莎'],
    first: '晓雅思海文佳慧丽',
    second: '燕琳玲娟婷洁娜颖芳',
  },
  nineties: {
    whole: ['雨薇', '梦洁', '佳怡', '欣怡', '雅婷', '思思', '悦', '瑶', '璇', '诗雨', '梦婷', '雪莹', '琪'],
    first: '雨梦思佳诗欣若晓雅',
    second: '婷瑶琪萱颖雯怡彤宁',
  },
  later: {
    whole: ['欣怡', '梓涵', '诗涵', '雨桐', '可馨', '一诺', '语嫣', '梓萱', '佳琪', '思涵', '子墨', '若曦'],
    first: '梓雨语可子诗若芷心',
    second: '涵萱彤妍琪桐汐瑶悦',
  },
}

const men: Record<keyof typeof women, Generation> = {
  before1980: {
    whole: ['建国', '伟', '军', '勇', '强', '志强', '建华', '国强', '斌', '建军', '明', '平', '涛', '刚'],
    first: '建志国文永卫海德',
    second: '华明军平强林民生东',
  },
  eighties: {
    whole: ['磊', '伟', '涛', '鹏', '超', '杰', '勇', '浩', '波', '峰', '凯', '斌', '海涛', '志伟', '辉'],
    first: '晓志海文俊建立宏',
    second: '鹏伟峰涛波辉东龙斌',
  },
  nineties: {
    whole: ['浩', '杰', '俊杰', '宇', '鑫', '帅', '浩然', '子豪', '天宇', '晨', '嘉豪', '文博', '一鸣', '旭'],
    first: '俊浩子天嘉文宇泽家',
    second: '杰豪宇轩辉鑫伟阳凯',
  },
  later: {
    whole: ['浩宇', '子轩', '宇轩', '浩然', '梓轩', '子涵', '俊熙', '奕辰', '博文', '子睿', '昊天', '皓轩'],
    first: '子浩宇梓俊奕博昊泽',
    second: '轩宇涵睿辰熙洋霖航',
  },
}

const english = {
  female: ['Anna', 'Chloe', 'Emma', 'Grace', 'Hannah', 'Julia', 'Laura', 'Mia', 'Olivia', 'Sophie'],
  male: ['Adam', 'Daniel', 'Ethan', 'Jack', 'Leo', 'Lucas', 'Martin', 'Oscar', 'Peter', 'Thomas'],
} as const

function generationOf(birthYear: number): keyof typeof women {
  if (birthYear < 1980) return 'before1980'
  if (birthYear < 1990) return 'eighties'
  return birthYear < 2000 ? 'nineties' : 'later'
}

/** A Chinese name as parents of that time gave it: the surname, then one or two characters. */
export function chineseName(random: Random, gender: 'female' | 'male', birthYear: number): string {
  const generation = (gender === 'female' ? women : men)[generationOf(birthYear)]
  const [surname] = surnames.draw(random)
  if (random.chance(0.42)) return surname + random.pick(generation.whole)
  return surname + random.pick(Array.from(generation.first)) + random.pick(Array.from(generation.second))
}

export function englishName(random: Random, gender: 'female' | 'male'): string {
  return random.pick(english[gender])
}
