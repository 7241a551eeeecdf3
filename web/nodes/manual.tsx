import { Button, Input } from 'antd'
import { ClipboardList, LogIn } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useEditor } from '../conditions/editor.ts'
import { idsIn } from '../store/rehearsal.ts'
import fields from '../ui/fields/Field.module.css'
import { Field, Row } from '../ui/fields/Field.tsx'
import { ListFile } from '../ui/ListFile.tsx'
import { useFormat } from '../ui/useFormat.ts'
import { useNotice } from '../ui/useNotice.tsx'
import { type ConfigOf, defineCard } from './card.ts'

type Config = ConfigOf<'manual'>

function ManualForm() {
  const { t } = useTranslation('nodes')
  const { enter, lists } = useEditor()
  return (
    <>
      <p>{t('manual.about')}</p>
      {enter === null ? <p className={fields.hint}>{t('manual.notLive')}</p> : <EnterList enter={enter} />}
      {lists === null ? null : <ListFile lists={lists} into="journey" />}
    </>
  )
}

function EnterList({ enter }: { enter: NonNullable<ReturnType<typeof useEditor>['enter']> }) {
  const { t } = useTranslation('nodes')
  const notice = useNotice()
  const format = useFormat()
  const [text, setText] = useState('')
  const [busy, setBusy] = useState(false)
  const ids = idsIn(text)
  const send = async () => {
    setBusy(true)
    try {
      const { entered, refused } = await enter(ids)
      notice.done(t('manual.done', { entered: format.count(entered), refused: format.count(refused) }))
      setText('')
    } catch (problem) {
      notice.problem(problem)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Field label={t('manual.list')} hint={t('manual.hint')}>
      {(id) => (
        <>
          <Input.TextArea
            id={id}
            value={text}
            autoSize={{ minRows: 3, maxRows: 10 }}
            placeholder={t('manual.placeholder')}
            data-testid="manual-ids"
            onChange={(event) => setText(event.target.value)}
          />
          <Row>
            <Button
              icon={<LogIn size={14} />}
              disabled={ids.length === 0}
              loading={busy}
              data-testid="manual-enter"
              onClick={() => void send()}
            >
              {t('manual.enter', { count: ids.length })}
            </Button>
          </Row>
        </>
      )}
    </Field>
  )
}

export const manual = defineCard<Config>({
  icon: ClipboardList,
  figures: (numbers) => [{ label: 'entered', value: numbers.in }],
  fields: {},
  form: ManualForm,
})
