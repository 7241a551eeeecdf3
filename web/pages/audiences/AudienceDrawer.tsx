import { useMutation } from '@tanstack/react-query'
import { Alert, Button, Drawer, Form, Input } from 'antd'
import { useContext, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type AudienceSummary, audienceSummary } from '../../../shared/api/customers.ts'
import { sayCondition } from '../../../shared/conditions/say.ts'
import { type Condition, leavesOf } from '../../../shared/conditions/schema.ts'
import type { WrittenText } from '../../../shared/text.ts'
import { api } from '../../api/client.ts'
import { asProblem } from '../../api/problem.ts'
import { refresh } from '../../api/query.ts'
import { ConditionEditor, isComplete, useSpoken } from '../../conditions/index.ts'
import { useLocale } from '../../locales/useLocale.ts'
import { keyPattern, suggestKey } from '../../ui/audience-key.ts'
import { LocalTextInput } from '../../ui/LocalTextInput.tsx'
import { ProblemAlert } from '../../ui/ProblemAlert.tsx'
import { atHead } from '../../ui/sentence.ts'
import { useFormat } from '../../ui/useFormat.ts'
import { useNotice } from '../../ui/useNotice.tsx'
import { BrandFormat } from '../../ui/zone.ts'
import styles from './AudienceDrawer.module.css'
import { ConditionWords } from './ConditionWords.tsx'
import { Sample } from './Sample.tsx'

interface Draft {
  name: WrittenText
  key?: string
}

export interface AudienceDrawerProps {
  /** The audience to change; null makes a new one. */
  audience: AudienceSummary | null
  taken: ReadonlySet<string>
  open: boolean
  onClose: () => void
}

const nobody: Condition = { kind: 'all', of: [] }

/** Says who belongs to an audience, with the count and a few of them beside it. */
export function AudienceDrawer({ audience, taken, open, onClose }: AudienceDrawerProps) {
  const { t } = useTranslation('audiences')
  return (
    <Drawer
      open={open}
      size={960}
      title={audience ? t('editor.edit') : t('editor.create')}
      onClose={onClose}
      destroyOnHidden
    >
      {open ? (
        <ConditionWords>
          <Editor audience={audience} taken={taken} onClose={onClose} />
        </ConditionWords>
      ) : null}
    </Drawer>
  )
}

function Editor({ audience, taken, onClose }: Omit<AudienceDrawerProps, 'open'>) {
  const { t } = useTranslation(['audiences', 'common'])
  const notice = useNotice()
  const format = useFormat()
  const [condition, setCondition] = useState(audience?.condition ?? nobody)
  const [tried, setTried] = useState(false)
  const empty = leavesOf(condition).length === 0
  const [revision, setRevision] = useState(audience?.revision)
  const [theirs, setTheirs] = useState<AudienceSummary | null>(null)
  const [form] = Form.useForm<Draft>()
  const save = useMutation({
    mutationFn: ({ name, key }: Draft) => {
      const own = { key: audience?.key ?? key ?? suggestKey(name.en, taken), name, condition }
      const body = audience && revision !== undefined ? { ...own, revision } : own
      return audience
        ? api.put(`/audiences/${audience.key}`, audienceSummary, body)
        : api.post('/audiences', audienceSummary, body)
    },
    onError: async (error) => {
      if (audience === null || asProblem(error).code !== 'audience-stale') return
      setTheirs(await api.get(`/audiences/${audience.key}`, audienceSummary))
    },
    onSuccess: ({ name }) => {
      void refresh('/audiences')
      notice.done(t('saved', { name: format.text(name) }))
      onClose()
    },
  })
  const submit = (draft: Draft) => {
    setTried(true)
    if (!empty) save.mutate(draft)
  }
  return (
    <Form<Draft>
      form={form}
      layout="vertical"
      requiredMark={false}
      initialValues={{ name: audience?.name ?? {} }}
      onFinish={submit}
    >
      {theirs !== null ? (
        <Stale
          theirs={theirs}
          onMine={() => {
            setRevision(theirs.revision)
            setTheirs(null)
            save.reset()
          }}
          onTheirs={() => {
            setRevision(theirs.revision)
            setCondition(theirs.condition ?? nobody)
            form.setFieldsValue({ name: theirs.name })
            setTheirs(null)
            save.reset()
          }}
        />
      ) : save.error ? (
        <div className={styles.problem}>
          <ProblemAlert problem={asProblem(save.error)} />
        </div>
      ) : null}
      <NameField />
      <ConditionPart condition={condition} missing={tried && empty} onChange={setCondition} />
      <Said condition={condition} />
      {audience ? null : <KeyField />}
      <div className={styles.foot}>
        <Button onClick={onClose}>{t('common:cancel')}</Button>
        <Button
          type="primary"
          htmlType="submit"
          loading={save.isPending}
          disabled={theirs !== null}
          data-testid="save-audience"
        >
          {t('editor.save')}
        </Button>
      </div>
    </Form>
  )
}

/** Somebody else has changed it meanwhile: what is written here stays until one of the two is chosen. */
function Stale({
  theirs,
  onMine,
  onTheirs,
}: {
  theirs: AudienceSummary
  onMine: () => void
  onTheirs: () => void
}) {
  const { t } = useTranslation('audiences')
  const { locale } = useLocale()
  const { currency } = useContext(BrandFormat)
  const format = useFormat()
  const spoken = useSpoken(theirs.condition)
  const said =
    theirs.condition === null
      ? t('frozen.meaning')
      : atHead(sayCondition(spoken(theirs.condition), locale, currency))
  return (
    <Alert
      className={styles.problem ?? ''}
      type="warning"
      showIcon
      title={t('stale.title')}
      description={
        <>
          <p>{t('stale.text')}</p>
          <p className={styles.said}>
            <span>{format.text(theirs.name)}</span>
            {said}
          </p>
          <div className={styles.foot}>
            <Button onClick={onTheirs} data-testid="stale-theirs">
              {t('stale.theirs')}
            </Button>
            <Button onClick={onMine} data-testid="stale-mine">
              {t('stale.mine')}
            </Button>
          </div>
        </>
      }
      data-testid="audience-stale"
    />
  )
}

function NameField() {
  const { t } = useTranslation('audiences')
  const filled = (_: unknown, name: WrittenText) =>
    name['zh-CN']?.trim() || name.en?.trim()
      ? Promise.resolve()
      : Promise.reject(new Error(t('editor.noName')))
  return (
    <Form.Item name="name" label={t('editor.name')} rules={[{ validator: filled }]}>
      <LocalTextInput placeholder={t('editor.namePlaceholder')} maxLength={60} />
    </Form.Item>
  )
}

interface ConditionPartProps {
  condition: Condition
  /** Whether saving was tried without any condition. */
  missing: boolean
  onChange: (condition: Condition) => void
}

/** Stands outside the form's items, whose styles would stretch every control of the editor. */
function ConditionPart({ condition, missing, onChange }: ConditionPartProps) {
  const { t } = useTranslation('audiences')
  return (
    <section className={styles.condition}>
      <p className={styles.label}>{t('editor.condition')}</p>
      <ConditionEditor
        value={condition}
        onChange={onChange}
        wide
        below={(answer) => <Sample answer={answer} />}
      />
      {missing ? (
        <p className={styles.missing} role="alert">
          {t('editor.noCondition')}
        </p>
      ) : null}
    </section>
  )
}

/** The whole condition as one sentence. */
function Said({ condition }: { condition: Condition }) {
  const { t } = useTranslation('audiences')
  const { locale } = useLocale()
  const { currency } = useContext(BrandFormat)
  const spoken = useSpoken(condition)
  if (leavesOf(condition).length === 0 || !isComplete(condition)) return null
  return (
    <p className={styles.said} data-testid="audience-said">
      <span>{t('editor.said')}</span>
      {atHead(sayCondition(spoken(condition), locale, currency))}
    </p>
  )
}

function KeyField() {
  const { t } = useTranslation('audiences')
  return (
    <Form.Item
      name="key"
      label={t('editor.key')}
      extra={t('editor.keyHint')}
      rules={[{ pattern: keyPattern, message: t('editor.badKey') }]}
    >
      <Input placeholder="gold-hangzhou" maxLength={64} />
    </Form.Item>
  )
}
