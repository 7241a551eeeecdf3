import { useMutation } from '@tanstack/react-query'
import { Alert, Button, Input, Modal, Segmented } from 'antd'
import { type ChangeEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { staffFileAnswer } from '../../../shared/api/staff.ts'
import { api } from '../../api/client.ts'
import { asProblem } from '../../api/problem.ts'
import { refresh } from '../../api/query.ts'
import { ProblemAlert } from '../../ui/ProblemAlert.tsx'
import styles from './staff.module.css'

type Kind = 'staff' | 'owners'

/** Reads staff, or who has whom, from a file or from what is pasted. */
export function FileModal({ kind, onKind }: { kind: Kind | null; onKind: (kind: Kind | null) => void }) {
  const { t } = useTranslation('staff')
  const [csv, setCsv] = useState('')
  const read = useMutation({
    mutationFn: (what: Kind) => api.post(`/${what}/file`, staffFileAnswer, { csv }),
    onSuccess: () => refresh('/staff'),
  })
  const choose = async ({ target }: ChangeEvent<HTMLInputElement>) =>
    setCsv((await target.files?.[0]?.text()) ?? '')
  const turn = (next: Kind) => {
    read.reset()
    onKind(next)
  }
  return (
    <Modal
      open={kind !== null}
      title={t('file.title')}
      footer={null}
      onCancel={() => onKind(null)}
      afterClose={() => {
        read.reset()
        setCsv('')
      }}
      destroyOnHidden
    >
      {kind === null ? null : (
        <div className={styles.give}>
          <Segmented
            value={kind}
            options={(['staff', 'owners'] as const).map((one) => ({
              value: one,
              label: t(`file.kinds.${one}`),
            }))}
            onChange={turn}
          />
          <p className={styles.quiet}>{t(`file.about.${kind}`)}</p>
          <input
            type="file"
            accept=".csv,text/csv"
            aria-label={t('file.open')}
            onChange={(event) => void choose(event)}
          />
          <Input.TextArea
            value={csv}
            rows={6}
            placeholder={t(`file.example.${kind}`)}
            aria-label={t('file.title')}
            onChange={({ target }) => setCsv(target.value)}
            data-testid="staff-csv"
          />
          {read.error ? <ProblemAlert problem={asProblem(read.error)} /> : null}
          {read.data === undefined ? null : <Read answer={read.data} />}
          <Button
            type="primary"
            block
            disabled={csv.trim() === ''}
            loading={read.isPending}
            onClick={() => read.mutate(kind)}
            data-testid="read-staff-csv"
          >
            {t('file.read')}
          </Button>
        </div>
      )}
    </Modal>
  )
}

function Read({
  answer: { saved, refused, left },
}: {
  answer: { saved: number; refused: { line: number; why: string }[]; left: number }
}) {
  const { t } = useTranslation('staff')
  return (
    <Alert
      type={left === 0 ? 'success' : 'warning'}
      showIcon
      title={t('file.done', { saved, left })}
      description={
        refused.length === 0 ? null : (
          <ul>
            {refused.map(({ line, why }) => (
              <li key={line}>{t('file.line', { line, why })}</li>
            ))}
          </ul>
        )
      }
    />
  )
}
