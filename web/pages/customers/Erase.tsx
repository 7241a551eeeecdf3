import { useMutation } from '@tanstack/react-query'
import { Alert, Button, Checkbox, Form, Input, Modal } from 'antd'
import { Eraser } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import type { CustomerAnswer } from '../../../shared/api/customers.ts'
import { type ErasureLook, erasureAnswer, erasureLook } from '../../../shared/api/erasures.ts'
import { api } from '../../api/client.ts'
import { asProblem } from '../../api/problem.ts'
import { outdate, refresh, useApiQuery } from '../../api/query.ts'
import { useBrandPath } from '../../api/useBrandPath.ts'
import { Loaded } from '../../ui/Loaded.tsx'
import { ProblemAlert } from '../../ui/ProblemAlert.tsx'
import { PageSkeleton } from '../../ui/Skeletons.tsx'
import { useNotice } from '../../ui/useNotice.tsx'
import styles from './Erase.module.css'
import type { PartProps } from './panels.tsx'

type Customer = Pick<CustomerAnswer['customer'], 'id' | 'name'>

/** Erases the customer for good, once what that means was seen and confirmed. */
export function EraseButton({ data: { customer } }: PartProps) {
  const { t } = useTranslation('customers')
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button
        danger
        type="text"
        icon={<Eraser size={14} />}
        onClick={() => setOpen(true)}
        data-testid="erase-customer"
      >
        {t('erase.open')}
      </Button>
      {open ? <EraseDialog customer={customer} onClose={() => setOpen(false)} /> : null}
    </>
  )
}

function EraseDialog({ customer: { id, name }, onClose }: { customer: Customer; onClose: () => void }) {
  const { t } = useTranslation(['customers', 'common'])
  const path = useBrandPath()
  const navigate = useNavigate()
  const notice = useNotice()
  const [also, setAlso] = useState<readonly string[]>([])
  const [remember, setRemember] = useState(true)
  const [typed, setTyped] = useState('')
  const look = useApiQuery(`/customers/${encodeURIComponent(id)}/erasure`, erasureLook, { staleTime: 0 })
  const erase = useMutation({
    mutationFn: () => api.post('/erasures', erasureAnswer, { customerIds: [id, ...also], remember }),
    onSuccess: async () => {
      onClose()
      await outdate()
      await navigate(path('customers'))
      await refresh('/tasks')
      notice.done(t('erase.asked'))
    },
  })
  return (
    <Modal
      open
      width={560}
      title={t('erase.title', { name: name ?? id })}
      okText={t('erase.ok')}
      cancelText={t('common:cancel')}
      okButtonProps={{ danger: true, disabled: typed.trim() !== id, loading: erase.isPending }}
      onOk={() => erase.mutate()}
      onCancel={onClose}
    >
      {erase.error ? <ProblemAlert problem={asProblem(erase.error)} /> : null}
      <Loaded query={look} skeleton={<PageSkeleton />}>
        {(seen) => (
          <Form layout="vertical" requiredMark={false}>
            <Alert
              type="warning"
              message={t('erase.about')}
              description={t('erase.holds', { ...seen.holds })}
            />
            <div className={styles.gap} />
            <Sharing sharing={seen.sharing} chosen={also} onChange={setAlso} />
            <Form.Item extra={t('erase.rememberHint')}>
              <Checkbox checked={remember} onChange={(event) => setRemember(event.target.checked)}>
                {t('erase.remember')}
              </Checkbox>
            </Form.Item>
            <p className={styles.note}>{t('erase.backups')}</p>
            <Form.Item label={t('erase.type', { id })} htmlFor="erase-typed">
              <Input
                id="erase-typed"
                autoFocus
                autoComplete="off"
                value={typed}
                onChange={(event) => setTyped(event.target.value)}
                data-testid="erase-typed"
              />
            </Form.Item>
          </Form>
        )}
      </Loaded>
    </Modal>
  )
}

interface SharingProps {
  sharing: ErasureLook['sharing']
  chosen: readonly string[]
  onChange: (chosen: readonly string[]) => void
}

/** Several records with one address may be one person: whoever erases says so. */
function Sharing({ sharing, chosen, onChange }: SharingProps) {
  const { t } = useTranslation('customers')
  if (sharing.length === 0) return null
  return (
    <Form.Item label={t('erase.sharing')}>
      <div className={styles.sharing}>
        {sharing.map(({ id, name, addresses }) => (
          <Checkbox
            key={id}
            checked={chosen.includes(id)}
            onChange={({ target }) =>
              onChange(target.checked ? [...chosen, id] : chosen.filter((one) => one !== id))
            }
          >
            {t('erase.sharedBy', { id, name: name ?? t('nameless'), addresses: addresses.join('、') })}
          </Checkbox>
        ))}
      </div>
    </Form.Item>
  )
}
