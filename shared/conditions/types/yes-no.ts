const yes = '是 是的 有 对 1 true yes y t on √ ✓ ✔ ☑ 同意 已同意 接受 允许 开启 启用'
const no = '否 不是 无 没有 0 false no n f off × ✗ ✘ ☐ 不同意 未同意 拒绝 不接受 不允许 关闭 停用'

const words: ReadonlyMap<string, boolean> = new Map([
  ...yes.split(' ').map((word) => [word, true] as const),
  ...no.split(' ').map((word) => [word, false] as const),
])

/** What a word says; null where it says neither. */
export function readYesNo(text: string): boolean | null {
  return words.get(text.normalize('NFKC').trim().toLowerCase()) ?? null
}
