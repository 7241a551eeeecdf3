import { App, Button, Drawer, Form, Radio, Space } from 'antd'
import { useCallback, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { type ImportAnswer, importAnswer, type ListMode } from '../../../shared/api/imports.ts'
import type { WrittenText } from '../../../shared/text.ts'
import { api } from '../../api/client.ts'
import { ApiProblem } from '../../api/problem.ts'
import { refresh } from '../../api/query.ts'
import { useBrandPath } from '../../api/useBrandPath.ts'
import { suggestKey } from '../../ui/audience-key.ts'
import { ListFile, type Lists } from '../../ui/ListFile.tsx'
import { LocalTextInput } from '../../ui/LocalTextInput.tsx'
import { useFormat } from '../../ui/useFormat.ts'

interface Filling {
  readonly key: string
  readonly mode: ListMode
  readonly name?: WrittenText
}

/** Puts the customers of a file into the list of a key. */
function fill(file: File, { key, mode, name }: Filling): Promise<ImportAnswer> {
  const form = new FormData()
  if (name !== undefined) form.set('name', JSON.stringify(name))
  form.set('mode', mode)
  form.set('file', file)
  return api.post(`/audiences/${encodeURIComponent(key)}/list`, importAnswer, form)
}

const reading: Pick<Lists, 'read' | 'rejectedHref'> = {
  read: (list, signal) => api.get(`/imports/${encodeURIComponent(list)}`, importAnswer, { signal }),
  rejectedHref: (list) => api.href(`/imports/${encodeURIComponent(list)}/rejected.csv`),
}

const read = () => {
  void refresh('/audiences')
  void refresh('/customers')
}

/** More customers for a list from a file, or others in the place of those who are in it. */
export function MoreByFile({ audience }: { audience: string }) {
  const { t } = useTranslation(['audiences', 'common'])
  const { modal } = App.useApp()
  const [mode, setMode] = useState<'add' | 'replace'>('add')
  const lists = useMemo<Lists>(
    () => ({
      ...reading,
      send: async (file) => {
        const sure =
          mode === 'add' ||
          (await modal.confirm({
            title: t('byFile.replaceAsk'),
            content: t('byFile.replaceText', { file: file.name }),
            okText: t('byFile.replace'),
            cancelText: t('common:cancel'),
          }))
        return sure ? fill(file, { key: audience, mode }) : null
      },
    }),
    [audience, mode, modal, t],
  )
  return (
    <>
      <Radio.Group
        value={mode}
        onChange={({ target }) => setMode(target.value === 'replace' ? 'replace' : 'add')}
        aria-label={t('byFile.mode')}
        options={[
          { value: 'add', label: t('byFile.add') },
          { value: 'replace', label: t('byFile.replace') },
        ]}
        data-testid="list-mode"
      />
      <ListFile lists={lists} into="list" onRead={read} />
    </>
  )
}

interface NewListProps {
  readonly taken: ReadonlySet<string>
  readonly open: boolean
  readonly onClose: () => void
}

/** New lists of the customers that files name, one after the other. What is being read goes on while it is closed. */
export function NewList({ open, onClose, taken }: NewListProps) {
  const { t } = useTranslation('audiences')
  const [round, setRound] = useState(0)
  const busy = useRef(false)
  const onBusy = useCallback((next: boolean) => {
    busy.current = next
  }, [])
  const next = () => setRound((before) => before + 1)
  return (
    <Drawer
      open={open}
      size={520}
      title={t('byFile.title')}
      onClose={onClose}
      afterOpenChange={(shown) => {
        if (!shown && !busy.current) next()
      }}
    >
      <Making key={round} taken={taken} onBusy={onBusy} onAnother={next} />
    </Drawer>
  )
}

interface Made {
  readonly key: string
  readonly name: WrittenText
}

/** Makes a list under a key that nobody has: the page may not have heard yet of one that was made just now. */
async function make(file: File, name: WrittenText, taken: ReadonlySet<string>) {
  const others = new Set(taken)
  for (;;) {
    const key = suggestKey(name.en, others)
    try {
      return { key, answer: await fill(file, { key, name, mode: 'new' }) }
    } catch (error) {
      if (!(error instanceof ApiProblem) || error.code !== 'audience-exists') throw error
      others.add(key)
    }
  }
}

interface MakingProps extends Pick<NewListProps, 'taken'> {
  readonly onBusy: (busy: boolean) => void
  readonly onAnother: () => void
}

function Making({ taken, onBusy, onAnother }: MakingProps) {
  const { t } = useTranslation('audiences')
  const [name, setName] = useState<WrittenText>({})
  const [made, setMade] = useState<Made | null>(null)
  const [working, setWorking] = useState(false)
  const lists = useMemo<Lists>(
    () => ({
      ...reading,
      read: async (list, signal) => {
        const answer = await reading.read(list, signal)
        // A list into which nobody came is gone again: the next file makes it anew.
        if (answer.state !== 'running' && answer.imported + answer.unchanged === 0) setMade(null)
        return answer
      },
      send: async (file) => {
        if (made !== null) return fill(file, { key: made.key, mode: 'add' })
        const { key, answer } = await make(file, name, taken)
        setMade({ key, name })
        void refresh('/audiences')
        return answer
      },
    }),
    [made, name, taken],
  )
  const told = useCallback(
    (busy: boolean) => {
      setWorking(busy)
      onBusy(busy)
    },
    [onBusy],
  )
  const named = Boolean(name['zh-CN']?.trim() || name.en?.trim())
  return (
    <Form layout="vertical">
      {made === null ? (
        <Form.Item label={t('editor.name')}>
          <LocalTextInput
            value={name}
            onChange={setName}
            placeholder={t('byFile.placeholder')}
            maxLength={60}
          />
        </Form.Item>
      ) : (
        <MadeList made={made} working={working} onAnother={onAnother} />
      )}
      {named ? (
        <ListFile lists={lists} into="list" onRead={read} onBusy={told} />
      ) : (
        <p>{t('byFile.nameFirst')}</p>
      )}
    </Form>
  )
}

function MadeList({ made, working, onAnother }: { made: Made; working: boolean; onAnother: () => void }) {
  const { t } = useTranslation('audiences')
  const format = useFormat()
  const path = useBrandPath()
  return (
    <Form.Item>
      <p data-testid="list-made">{t('byFile.made', { name: format.text(made.name) })}</p>
      <Space>
        <Link to={path(`audiences/${encodeURIComponent(made.key)}`)}>
          <Button data-testid="open-list">{t('byFile.open')}</Button>
        </Link>
        <Button type="primary" disabled={working} onClick={onAnother} data-testid="another-list">
          {t('byFile.another')}
        </Button>
      </Space>
    </Form.Item>
  )
}
