import { Button, Input, Tooltip } from 'antd'
import { CircleAlert, Copy, Trash2, TriangleAlert } from 'lucide-react'
import { useCallback, useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { sayIssue, sayPath } from '../../../shared/journey/issue.ts'
import { valuesOf } from '../../../shared/journey/values.ts'
import type { NodeType } from '../../../shared/nodes/type.ts'
import { locales } from '../../../shared/text.ts'
import { annotate } from '../../commands/annotate.ts'
import { configure } from '../../commands/configure.ts'
import { deleteSelected } from '../../commands/delete.ts'
import { duplicate } from '../../commands/duplicate.ts'
import { rename } from '../../commands/rename.ts'
import { useLocale } from '../../locales/useLocale.ts'
import {
  type AnyCard,
  asStored,
  type DraftConfig,
  type FieldProblem,
  FieldProblemsContext,
  readDraft,
} from '../../nodes/index.ts'
import { CategoryIcon } from '../../ui/CategoryIcon.tsx'
import { useCanvas, useDocument, useRun } from '../context.ts'
import styles from './Inspector.module.css'
import { NameInput } from './NameInput.tsx'
import { PortLines } from './PortLines.tsx'
import { ReentryHint } from './ReentryHint.tsx'
import { StuckNotice } from './StuckNotice.tsx'
import { useFieldVisit } from './useFieldVisit.ts'

/** One node: its name, what is wrong with it, its form, where its ports lead, a note. */
export function NodeInspector({ id }: { id: string }) {
  const { t } = useTranslation('canvas')
  const { types, cards } = useCanvas()
  const { locale } = useLocale()
  const run = useRun()
  const node = useDocument(({ journey }) => journey.nodes[id])
  const body = useRef<HTMLDivElement>(null)
  useFieldVisit(id, body)
  const type = node && types.get(node.type)
  const card = node && cards.get(node.type)
  const variables = useDocument(({ journey }) => journey.variables)
  const draft = useMemo(
    () => (node && type ? readDraft(type, node.config, valuesOf({ variables })) : null),
    [node, type, variables],
  )
  if (node === undefined) return null
  const icon =
    (draft?.shape === 'right' && draft.issues.length === 0 && card?.iconOf?.(draft.config)) || card?.icon
  return (
    <div className={styles.body} ref={body}>
      <header className={styles.head}>
        {icon && type ? <CategoryIcon category={type.category} icon={icon} size={32} /> : null}
        <div className={styles.name}>
          <NameInput
            value={node.name}
            label={t('inspector.name')}
            testId="node-name"
            onChange={(name) => run(rename, { id, name })}
          />
          <p className={styles.note}>
            {type === undefined ? node.type : type.name[locale]} · {t('inspector.id', { id })}
          </p>
        </div>
      </header>
      <StuckNotice id={id} />
      <NodeProblems id={id} />
      {type && draft ? <ReentryHint type={type} draft={draft} /> : null}
      {type && card && draft ? <Form id={id} type={type} card={card} draft={draft} /> : null}
      {type === undefined ? <p className={styles.note}>{t('node.unknown', { type: node.type })}</p> : null}
      <PortLines id={id} />
      <section className={styles.section}>
        <h3>{t('inspector.note')}</h3>
        <Input.TextArea
          value={node.note ?? ''}
          maxLength={2000}
          autoSize={{ minRows: 1 }}
          placeholder={t('inspector.notePlaceholder')}
          aria-label={t('inspector.note')}
          onChange={(event) => run(annotate, { id, note: event.target.value })}
        />
      </section>
      <footer className={styles.tools}>
        <Tooltip title={t('inspector.duplicateHint')}>
          <Button type="text" icon={<Copy size={14} />} onClick={() => run(duplicate, undefined)}>
            {t('inspector.duplicate')}
          </Button>
        </Tooltip>
        <Button
          type="text"
          danger
          icon={<Trash2 size={14} />}
          data-testid="delete-node"
          onClick={() => run(deleteSelected, undefined)}
        >
          {t('inspector.delete')}
        </Button>
      </footer>
    </div>
  )
}

/** What forms say themselves: the schema's complaints, an empty condition, the words and length of a text. */
const toldByFields: ReadonlySet<string> = new Set([
  'invalid-config',
  'empty-condition',
  'prohibited-word',
  'sms-long',
])

/** The form of the node's type, or a way out where a file holds what the form cannot show. */
function Form({ id, type, card, draft }: { id: string; type: NodeType; card: AnyCard; draft: DraftConfig }) {
  const { t } = useTranslation('canvas')
  const { locale } = useLocale()
  const run = useRun()
  const { problems } = useCanvas()
  const mine = useStore(problems, ({ byNode }) => byNode[id])
  const problemsAt = useCallback(
    (path: string) => {
      // A problem of a text in all its languages is one of the language that is shown.
      const whole = (place: string) => locales.some((one) => path === `${place}.${one}`)
      const below = (place: string) =>
        path !== '' && (place === path || place.startsWith(`${path}.`) || whole(place))
      const own = draft.issues.flatMap(({ path: place, issue }): FieldProblem[] =>
        below(sayPath(place)) ? [{ text: sayIssue(issue)[locale], severity: 'error' }] : [],
      )
      const told = (mine ?? []).flatMap(({ code, field, message, severity }): FieldProblem[] =>
        field !== null && !toldByFields.has(code) && below(field)
          ? [{ text: message[locale], severity }]
          : [],
      )
      const all = [...own, ...told]
      return all.filter(({ text }, index) => all.findIndex((other) => other.text === text) === index)
    },
    [draft, mine, locale],
  )
  if (draft.shape === 'wrong')
    return (
      <div className={styles.broken} role="alert">
        <p>{t('inspector.unreadable')}</p>
        <ul>
          {draft.issues.map(({ path, issue }) => (
            <li key={sayPath(path)}>
              <code>{sayPath(path)}</code> {sayIssue(issue)[locale]}
            </li>
          ))}
        </ul>
        <Button onClick={() => run(configure, { id, config: asStored(type.defaults()) })}>
          {t('inspector.reset')}
        </Button>
      </div>
    )
  const Fields = card.form
  return (
    <FieldProblemsContext value={problemsAt}>
      <Fields
        id={id}
        config={draft.config}
        change={(config, field, declare) =>
          run(configure, { id, config: asStored(config), field, ...(declare ? { declare } : {}) })
        }
      />
    </FieldProblemsContext>
  )
}

/** Problems that nothing below shows: of the node as a whole, and of the other language. */
function NodeProblems({ id }: { id: string }) {
  const { problems } = useCanvas()
  const { locale } = useLocale()
  const mine = useStore(problems, ({ byNode }) => byNode[id])
  const other = locale === 'en' ? '.zh-CN' : '.en'
  const shown = (mine ?? []).filter(({ field }) => field === null || field.endsWith(other))
  if (shown.length === 0) return null
  return (
    <ul className={styles.problems}>
      {shown.map(({ code, field, message, mend, severity }) => (
        <li
          key={`${code} ${field} ${message.en}`}
          className={severity === 'error' ? styles.error : styles.warning}
        >
          {severity === 'error' ? (
            <CircleAlert size={14} aria-hidden />
          ) : (
            <TriangleAlert size={14} aria-hidden />
          )}
          <div>
            <p>{message[locale]}</p>
            <p className={styles.mend}>{mend[locale]}</p>
          </div>
        </li>
      ))}
    </ul>
  )
}
