import { foldUnit } from './fold.ts'

/**
 * Traditional characters, rare forms and lookalikes of the characters that the lists of words hold, each pair the
 * one and the other. They are looked at one by one, so that places in a text are kept.
 */
const FORMS = `
  國国 囯国 囻国 級级 頂顶 極极 進进 優优 質质 権权 權权 網网 業业 銷销 亞亚 內内 氣气 選选 擇择 軍军 歷历 曆历 價价 規规
  檔档 標标 藝艺 榮荣 譽誉 產产 産产 務务 強强 絕绝 絶绝 無无 僅仅 後后 敵敌 雙双 領领 遙遥 導导 創创 個个 終终 決决
  劃划 專专 歡欢 暢畅 時时 獨独 與与 倫伦 擬拟 巔巅 萬万 認认 証证 證证 點点 復复 複复 製制 恆恒 經经 隊队 機机 關关 採采
  購购 視视 會会 檢检 賓宾 療疗 癒愈 藥药 顯显 對对 見见 確确 徹彻 彈弹 發发 脫脱 壓压 滿满 評评 獎奖 讓让 風风 險险 穩稳
  賺赚 賠赔 報报 間间 漲涨 馬马 錯错 過过 搶抢 轉转 運运 驅驱 鎮镇 財财 開开 薦荐 線线 淨净 麵面 廣广 盡尽 體体 統统 億亿
  裡里 裏里 為为 爲为 來来 禮礼 長长 門门 單单 類类 壽寿 寶宝 號号 買买 賣卖 貴贵 嚴严 處处 從从 當当 頭头 顏颜 傳传 聯联
  蕞最 冣最 㝡最 嶵最 笫第 苐第 弌一 壹一 傢家 効效 復复 衹只 祇只`

const forms = new Map(
  FORMS.trim()
    .split(/\s+/)
    .map((pair) => [pair.charCodeAt(0), pair.charCodeAt(1)] as const),
)

/** Circled, raised and compatibility forms: ①, ⓝ, ⼀. */
const isCompatible = (unit: number): boolean =>
  (unit >= 0x2460 && unit <= 0x24ff) ||
  (unit >= 0x2070 && unit <= 0x209f) ||
  (unit >= 0x2e80 && unit <= 0x2fdf) ||
  (unit >= 0xf900 && unit <= 0xfaff) ||
  (unit >= 0x2160 && unit <= 0x2188) ||
  (unit >= 0x3220 && unit <= 0x32ff)

function compatible(unit: number): number {
  const plain = String.fromCharCode(unit).normalize('NFKC')
  const bare = /^\((.)\)$/.exec(plain)?.[1] ?? plain
  return bare.length === 1 ? bare.charCodeAt(0) : unit
}

/** A character of a text as the lists have it: half width, small, simplified. One UTF-16 unit stays one. */
export function plainUnit(unit: number): number {
  if (unit < 0x2070) return foldUnit(unit)
  const known = forms.get(unit)
  if (known !== undefined) return known
  return foldUnit(isCompatible(unit) ? compatible(unit) : unit)
}

/** Marks that stand within words as well as between them, and part no sentence. */
const WEAK = new Set(
  ' \t\u00a0\u3000.·*-_~|/\\+^\'"`=#&•・@$…—–‧﹡※丶丨'.split('').map((mark) => mark.charCodeAt(0)),
)
const DECORATION =
  /[\p{Extended_Pictographic}\p{Emoji_Modifier}\p{Regional_Indicator}\p{Cf}\p{Mn}\p{Me}\p{Sk}\p{So}\p{Sm}\p{Zs}\p{Variation_Selector}\p{Default_Ignorable_Code_Point}]/u
const SENTENCE_MARK = /[\p{P}\n\r\u2028\u2029]/u

const kinds = new Map<number, 'weak' | 'strong' | null>()

function kindOf(point: number): 'weak' | 'strong' | null {
  if (WEAK.has(point)) return 'weak'
  // Most characters are letters and ideographs; the few others are looked up once.
  if (point > 0x30 && ((point >= 0x4e00 && point <= 0x9fff) || (point >= 0x61 && point <= 0x7a))) return null
  const known = kinds.get(point)
  if (known !== undefined) return known
  const mark = String.fromCodePoint(point)
  const kind =
    mark === '%' ? null : SENTENCE_MARK.test(mark) ? 'strong' : DECORATION.test(mark) ? 'weak' : null
  kinds.set(point, kind)
  return kind
}

/** As many units as people put between two characters to hide a word; a family of emoji alone has eleven. */
const MOST_UNITS = 24
/** As many marks: the seven of a family of four among them. */
const MOST_MARKS = 9

/** Where the next character stands behind what is put between, and whether a mark of sentences is among that. */
export function behindFillers(
  text: string,
  from: number,
): { readonly at: number; readonly crossed: boolean } {
  let at = from
  let marks = 0
  let crossed = false
  while (at < text.length && at - from < MOST_UNITS && marks < MOST_MARKS) {
    const point = text.codePointAt(at) ?? 0
    const kind = kindOf(point)
    if (kind === null) break
    if (kind === 'strong') crossed = true
    marks += 1
    at += point > 0xffff ? 2 : 1
  }
  return { at, crossed }
}
