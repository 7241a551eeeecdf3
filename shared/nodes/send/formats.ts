import { channelOf } from '../../channels/index.ts'
import { isHtml, sanitizeHtml } from '../../message/html-mail.ts'
import { checkJsonTemplate, looksLikeJson } from '../../message/json-body.ts'
import type { WrittenText } from '../../text.ts'
import type { Finding } from '../type.ts'
import { blocksOf } from './mail.ts'

type Written = Parameters<typeof blocksOf>[0] & {
  readonly text: WrittenText
  readonly body: 'envelope' | 'json'
  readonly ai: object | null
}

function jsonFindings(field: string, text: string): Finding[] {
  const { fault, line, unquoted } = checkJsonTemplate(text)
  if (fault !== null) return [{ code: 'json-invalid', field, details: { line } }]
  return unquoted.map((placeholder) => ({ code: 'json-unquoted', field, details: { placeholder } }))
}

function envelopeFindings(field: string, text: string): Finding[] {
  return looksLikeJson(text) ? [{ code: 'json-in-envelope', field }] : []
}

/** Variables that are web addresses whatever the customer. */
const knownAddress = /\{\{-?\s*(?:picks\[\d\]|content\.\w+)\.(?:link|image)\s*-?\}\}/g

function htmlFindings(field: string, text: string, { ai }: Written): Finding[] {
  const { dropped } = sanitizeHtml(text.replaceAll(knownAddress, 'https://example.com/'))
  return [
    ...(dropped.length === 0
      ? []
      : [{ code: 'html-dropped', field, details: { parts: dropped.join(', ') } }]),
    ...(ai === null ? [] : [{ code: 'html-not-polished', field: 'ai' }]),
  ]
}

/** What is written in a form that its channel does not carry as it stands, or not whole. */
export function formatFindings(settings: Written): Finding[] {
  const { content } = channelOf(settings.channel)
  if (blocksOf(settings) !== null) return []
  return Object.entries(settings.text).flatMap(([locale, text]): Finding[] => {
    const field = `text.${locale}`
    if (text === undefined || text.trim() === '') return []
    if (content === 'json')
      return settings.body === 'json' ? jsonFindings(field, text) : envelopeFindings(field, text)
    if (content !== 'email') return isHtml(text) ? [{ code: 'html-as-text', field }] : []
    return isHtml(text) ? htmlFindings(field, text, settings) : []
  })
}
