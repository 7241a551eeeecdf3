import { Button, Input, Modal, Upload } from 'antd'
import { FileUp } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { z } from 'zod'
import { blacklistAnswer } from '../../../shared/api/addresses.ts'
import { api } from '../../api/client.ts'
import { refresh } from '../../api/query.ts'
import { useNotice } from '../../ui/useNotice.tsx'
import styles from './OptOuts.module.css'

type Answer = z.output<typeof blacklistAnswer>

/** Puts what is typed, pasted or read from a file on the blacklist: one address a line, a reason behind a comma. */
export function BlacklistAdd({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { t } = useTranslation(['optOuts', 'common'])
  const notice = useNotice()
  const [text, setText] = useState('')
  const [busy, setBusy] = useState(false)
  const [answer, setAnswer] = useState<Answer | null>(null)
  const close = () => {
    setText('')
    setAnswer(null)
    onClose()
  }
  const save = async () => {
    setBusy(true)
    try {
      const done = await api.post('/blacklist/csv', blacklistAnswer, { text })
      await refresh('/blacklist')
      notice.done(t('blacklist.added', { count: done.added }))
      if (done.refused.length === 0) close()
      else setAnswer(done)
    } catch (problem) {
      notice.problem(problem)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Modal
      open={open}
      title={t('blacklist.add')}
      okText={t('blacklist.save')}
      cancelText={t('common:cancel')}
      okButtonProps={{ disabled: text.trim() === '' }}
      confirmLoading={busy}
      onOk={() => void save()}
      onCancel={close}
      destroyOnHidden
    >
      <p className={styles.why}>{t('blacklist.addHint')}</p>
      <Input.TextArea
        rows={8}
        value={text}
        aria-label={t('blacklist.add')}
        placeholder={t('blacklist.addExample')}
        onChange={(event) => setText(event.target.value)}
        data-testid="blacklist-text"
      />
      <Upload
        accept=".csv,.txt,text/csv,text/plain"
        showUploadList={false}
        beforeUpload={async (file) => {
          setText(await file.text())
          return Upload.LIST_IGNORE
        }}
      >
        <Button type="link" size="small" icon={<FileUp size={13} />}>
          {t('blacklist.file')}
        </Button>
      </Upload>
      {answer === null ? null : (
        <>
          <p className={styles.why}>{t('blacklist.refused', { count: answer.refused.length })}</p>
          <ul className={styles.refused}>
            {answer.refused.map(({ line, value, fault }) => (
              <li key={line}>{t('blacklist.refusedLine', { line, value, why: t(`fault.${fault}`) })}</li>
            ))}
          </ul>
        </>
      )}
    </Modal>
  )
}
