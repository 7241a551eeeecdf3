import { useMutation } from '@tanstack/react-query'
import { Alert, Button, Input, Segmented } from 'antd'
import { Copy, Trash2 } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { type ContentAnswer, contentAnswer } from '../../../shared/api/contents.ts'
import { contentKinds } from '../../../shared/contents/content.ts'
import { kindNames, pathsOf } from '../../../shared/contents/fields.ts'
import type { LabelAttributes } from '../../../shared/contents/labels.ts'
import { api } from '../../api/client.ts'
import { asProblem } from '../../api/problem.ts'
import { refresh } from '../../api/query.ts'
import { useBrandPath } from '../../api/useBrandPath.ts'
import { useLocale } from '../../locales/useLocale.ts'
import { Findings } from '../../ui/Findings.tsx'
import { Field } from '../../ui/fields/Field.tsx'
import { LocalTextInput } from '../../ui/LocalTextInput.tsx'
import { Panel } from '../../ui/Page.tsx'
import { ProblemAlert } from '../../ui/ProblemAlert.tsx'
import { useFormat } from '../../ui/useFormat.ts'
import { useNotice } from '../../ui/useNotice.tsx'
import { LeaveGuard } from '../settings/LeaveGuard.tsx'
import { ContentPreviewPanel, UsesPanel, WhoGets } from './Beside.tsx'
import styles from './contents.module.css'
import { blankDraft, type Draft, type ReadDraft, readDraft, suggestContentKey } from './draft.ts'
import { useDeleteContent } from './useDeleteContent.tsx'
import { Variants } from './Variants.tsx'

interface ContentEditorProps {
  /** null: a new content. */
  readonly kept: ContentAnswer | null
  readonly attributes: LabelAttributes
  readonly taken: ReadonlySet<string>
}

/** Writes a content and its variants; beside it who is shown which, and how it reads. */
export function ContentEditor({ kept, attributes, taken }: ContentEditorProps) {
  const { t } = useTranslation('contents')
  const notice = useNotice()
  const format = useFormat()
  const path = useBrandPath()
  const navigate = useNavigate()
  const [draft, setDraft] = useState<Draft>(kept?.content ?? blankDraft('text'))
  const [saved, setSaved] = useState({
    draft: kept?.content ?? blankDraft('text'),
    revision: kept?.revision ?? null,
  })
  const [findings, setFindings] = useState(kept?.findings ?? [])
  const [theirs, setTheirs] = useState<ContentAnswer | null>(null)
  const [tried, setTried] = useState(false)
  // A key that nobody has written follows the name.
  const whole =
    kept === null && draft.key === '' ? { ...draft, key: suggestContentKey(draft.name.en, taken) } : draft
  const read = readDraft(whole)
  const changed = JSON.stringify(draft) !== JSON.stringify(saved.draft)
  const take = (answer: ContentAnswer) => {
    setDraft(answer.content)
    setSaved({ draft: answer.content, revision: answer.revision })
    setFindings(answer.findings)
    setTheirs(null)
  }
  const save = useMutation({
    mutationFn: () =>
      api.put(`/contents/${whole.key}`, contentAnswer, { content: whole, revision: saved.revision }),
    onError: async (error) => {
      if (asProblem(error).code === 'content-stale')
        setTheirs(await api.get(`/contents/${whole.key}`, contentAnswer))
    },
    onSuccess: (answer) => {
      take(answer)
      notice.done(t('saved', { name: format.text(answer.content.name) }))
      void refresh('/contents')
    },
  })
  const trySave = async (): Promise<boolean> => {
    setTried(true)
    if (!read.ok) return false
    return save.mutateAsync().then(
      () => true,
      // The problem above the form says why.
      () => false,
    )
  }
  // Only once nothing is left unsaved does anybody leave for the page that it has now.
  const made =
    kept === null && saved.revision !== null && !changed ? path(`contents/${saved.draft.key}`) : null
  useEffect(() => {
    if (made !== null) void navigate(made, { replace: true })
  }, [made, navigate])
  const content = read.ok ? read.content : null
  return (
    <>
      <LeaveGuard changed={changed} saving={save.isPending} save={trySave} />
      <div className={styles.columns}>
        <div className={styles.column}>
          {theirs !== null ? (
            <Stale
              onMine={() => {
                setSaved({ ...saved, revision: theirs.revision })
                setTheirs(null)
                save.reset()
              }}
              onTheirs={() => {
                take(theirs)
                save.reset()
              }}
            />
          ) : save.error ? (
            <ProblemAlert problem={asProblem(save.error)} />
          ) : null}
          {tried ? <Issues read={read} /> : null}
          <Head draft={whole} isNew={kept === null} onChange={setDraft} written={draft.key} />
          <Variants
            draft={whole}
            attributes={attributes}
            onChange={(next) => setDraft({ ...next, key: draft.key })}
          />
          <div className={styles.foot}>
            <Button
              type="primary"
              loading={save.isPending}
              disabled={!changed || theirs !== null}
              onClick={() => void trySave()}
              data-testid="save-content"
            >
              {t('save')}
            </Button>
            {kept === null ? null : <Remove kept={kept} />}
          </div>
        </div>
        <div className={styles.column}>
          {findings.length === 0 ? null : (
            <Panel title={t('findings')}>
              <Findings findings={findings} />
            </Panel>
          )}
          <WhoGets content={content} attributes={attributes} />
          <ContentPreviewPanel content={content} attributes={attributes} />
          <InMessage draft={whole} />
          {kept === null ? null : <UsesPanel contentKey={kept.content.key} />}
        </div>
      </div>
    </>
  )
}

/** What is missing before it can be saved. */
function Issues({ read }: { read: ReadDraft }) {
  const { t } = useTranslation('contents')
  const { locale } = useLocale()
  if (read.ok) return null
  return (
    <Alert
      type="warning"
      showIcon
      title={t('issues')}
      description={
        <ul className={styles.issues} data-testid="content-issues">
          {read.issues.map(({ path, text }) => (
            <li key={`${path} ${text.en}`}>
              <code>{path}</code> {text[locale]}
            </li>
          ))}
        </ul>
      }
    />
  )
}

interface HeadProps {
  readonly draft: Draft
  readonly isNew: boolean
  /** The key as it was written; empty: it follows the name. */
  readonly written: string
  readonly onChange: (draft: Draft) => void
}

/** What it is called, and what stays once it is saved. */
function Head({ draft, isNew, written, onChange }: HeadProps) {
  const { t } = useTranslation('contents')
  const { locale } = useLocale()
  return (
    <Panel>
      <div className={styles.body}>
        <Field label={t('fields.name')}>
          {(id) => (
            <LocalTextInput
              id={id}
              value={draft.name}
              placeholder={t('fields.namePlaceholder')}
              onChange={(name) => onChange({ ...draft, key: written, name })}
            />
          )}
        </Field>
        {isNew ? (
          <>
            <Field label={t('fields.kind')} hint={t('fields.kindHint')}>
              <Segmented
                value={draft.kind}
                aria-label={t('fields.kind')}
                options={contentKinds.map((kind) => ({ value: kind, label: kindNames[kind][locale] }))}
                onChange={(kind) => onChange({ ...blankDraft(kind), name: draft.name, key: written })}
              />
            </Field>
            <Field
              label={t('fields.key')}
              hint={t('fields.keyHint', { written: `{{ content.${draft.key} }}` })}
            >
              {(id) => (
                <Input
                  id={id}
                  maxLength={64}
                  placeholder={draft.key}
                  value={written}
                  onChange={(event) => onChange({ ...draft, key: event.target.value.trim() })}
                  data-testid="content-key"
                />
              )}
            </Field>
          </>
        ) : null}
      </div>
    </Panel>
  )
}

/** How messages name it, each way to be copied. */
function InMessage({ draft }: { draft: Draft }) {
  const { t } = useTranslation('contents')
  const notice = useNotice()
  const copy = async (written: string) => {
    try {
      await navigator.clipboard.writeText(written)
      notice.done(t('copied', { written }))
    } catch (error) {
      notice.problem(error)
    }
  }
  return (
    <Panel title={t('write')}>
      <div className={styles.foot}>
        {pathsOf(draft).map((path) => {
          const written = `{{ ${path} }}`
          return (
            <Button key={path} size="small" icon={<Copy size={12} />} onClick={() => void copy(written)}>
              <code>{written}</code>
            </Button>
          )
        })}
      </div>
    </Panel>
  )
}

function Remove({ kept }: { kept: ContentAnswer }) {
  const { t } = useTranslation('contents')
  const remove = useDeleteContent()
  return (
    <Button
      danger
      icon={<Trash2 size={14} />}
      onClick={() => void remove(kept.content)}
      data-testid="delete-content"
    >
      {t('remove')}
    </Button>
  )
}

/** Somebody else has changed it meanwhile: what is written here stays until one of the two is chosen. */
function Stale({ onMine, onTheirs }: { onMine: () => void; onTheirs: () => void }) {
  const { t } = useTranslation('contents')
  return (
    <Alert
      type="warning"
      showIcon
      title={t('stale.title')}
      description={
        <>
          <p>{t('stale.text')}</p>
          <div className={styles.foot}>
            <Button onClick={onTheirs}>{t('stale.theirs')}</Button>
            <Button onClick={onMine}>{t('stale.mine')}</Button>
          </div>
        </>
      }
      data-testid="content-stale"
    />
  )
}
