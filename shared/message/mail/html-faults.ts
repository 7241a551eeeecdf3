import { Parser } from 'htmlparser2'

/** What is wrong with HTML that somebody wrote; the details name it. */
export interface HtmlFault {
  readonly code: 'mail-html-tags' | 'mail-html-alt' | 'mail-html-size'
  readonly details: Readonly<Record<string, string | number>>
}

/** Elements that end by themselves. */
const empty = new Set('area base br col embed hr img input link meta param source track wbr'.split(' '))
/** Elements whose end may be left out. */
const endsItself = new Set('p li td th tr tbody thead tfoot option dt dd html head body'.split(' '))

interface Open {
  readonly name: string
  readonly line: number
}

/** Where tags are not closed, and pictures without words or size: mail programs guess there, each in its own way. */
export function htmlFaults(source: string): HtmlFault[] {
  const open: Open[] = []
  const broken: string[] = []
  let silent = 0
  let sizeless = 0
  const lineAt = (index: number) => source.slice(0, index).split('\n').length
  const parser = new Parser(
    {
      onopentag(name, attributes, implied) {
        if (name === 'img') {
          if (!('alt' in attributes)) silent += 1
          const style = attributes.style ?? ''
          if (!attributes.width && !/(?:^|;)\s*(?:max-)?width\s*:/i.test(style)) sizeless += 1
        }
        if (!empty.has(name) && !implied) open.push({ name, line: lineAt(parser.startIndex) })
      },
      onclosetag(name, implied) {
        if (empty.has(name)) return
        const last = open.findLastIndex((one) => one.name === name)
        if (last < 0) return
        const left = open.splice(last)
        const [closed] = left
        if (implied && closed !== undefined && !endsItself.has(name))
          broken.push(`<${name}> (${closed.line})`)
      },
    },
    { decodeEntities: true, lowerCaseTags: true },
  )
  parser.end(source)
  return [
    ...(broken.length === 0
      ? []
      : [
          { code: 'mail-html-tags' as const, details: { tags: [...new Set(broken)].slice(0, 5).join(', ') } },
        ]),
    ...(silent === 0 ? [] : [{ code: 'mail-html-alt' as const, details: { count: silent } }]),
    ...(sizeless === 0 ? [] : [{ code: 'mail-html-size' as const, details: { count: sizeless } }]),
  ]
}
