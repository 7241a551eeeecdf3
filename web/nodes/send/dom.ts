import { piecesOf } from './template.ts'

/** Marks the element of a variable; its source stands in `data-source`. */
const sourceOf = (node: Node): string | undefined =>
  node instanceof HTMLElement ? node.dataset.source : undefined

/** The element that stands for a variable or for code. */
export function chip(source: string, label: string, className: string, title: string): HTMLElement {
  const element = document.createElement('span')
  element.dataset.source = source
  element.contentEditable = 'false'
  element.className = className
  element.textContent = label
  if (title !== '') element.title = title
  return element
}

export interface ChipLook {
  readonly variable: string
  readonly code: string
  readonly nameOf: (path: string) => string
  /** What the mouse is told of a variable's default. */
  readonly titleOf: (path: string, fallback: string | null) => string
}

function nodesOf(template: string, look: ChipLook): Node[] {
  return piecesOf(template).map((piece) => {
    if (piece.kind === 'text') return document.createTextNode(piece.source)
    if (piece.kind === 'code') return chip(piece.source, piece.source, look.code, '')
    return chip(
      piece.source,
      look.nameOf(piece.path),
      look.variable,
      look.titleOf(piece.path, piece.fallback),
    )
  })
}

/** Draws a template anew. */
export function draw(root: HTMLElement, template: string, look: ChipLook): void {
  root.replaceChildren(...nodesOf(template, look))
}

/** Makes chips of what was typed as `{{ name }}`; those that are there stay as they are. */
export function drawTyped(root: HTMLElement, look: ChipLook): void {
  for (const node of [...root.childNodes]) {
    if (!(node instanceof Text)) continue
    const pieces = piecesOf(node.data)
    if (pieces.some(({ kind }) => kind !== 'text')) node.replaceWith(...nodesOf(node.data, look))
  }
}

/** The template that is drawn, whatever browsers put between lines. */
export function read(root: Node): string {
  let text = ''
  for (const node of root.childNodes) {
    const source = sourceOf(node)
    if (source !== undefined) text += source
    else if (node instanceof Text) text += node.data
    else if (node instanceof HTMLBRElement) text += '\n'
    else text += (text === '' || text.endsWith('\n') ? '' : '\n') + read(node)
  }
  return text
}

/** Ranges of the drawn text for places in the template, [from, to). What lies within a variable has none. */
export function rangesOf(root: HTMLElement, places: readonly { from: number; to: number }[]): Range[] {
  const texts: { node: Text; from: number; to: number }[] = []
  let at = 0
  const visit = (parent: Node): void => {
    for (const node of parent.childNodes) {
      const source = sourceOf(node)
      if (source !== undefined) at += source.length
      else if (node instanceof Text) {
        texts.push({ node, from: at, to: at + node.data.length })
        at += node.data.length
      } else if (node instanceof HTMLBRElement) at += 1
      else visit(node)
    }
  }
  visit(root)
  return places.flatMap(({ from, to }) =>
    texts.flatMap((text) => {
      const start = Math.max(from, text.from)
      const end = Math.min(to, text.to)
      if (start >= end) return []
      const range = document.createRange()
      range.setStart(text.node, start - text.from)
      range.setEnd(text.node, end - text.from)
      return [range]
    }),
  )
}

/** Puts the caret behind everything. */
export function caretToEnd(root: HTMLElement): void {
  const range = document.createRange()
  range.selectNodeContents(root)
  range.collapse(false)
  const selection = getSelection()
  selection?.removeAllRanges()
  selection?.addRange(range)
}
