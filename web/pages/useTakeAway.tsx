import { App } from 'antd'
import { useTranslation } from 'react-i18next'
import type { AudienceUse } from '../../shared/api/customers.ts'
import { asProblem } from '../api/problem.ts'
import { Uses } from './Uses.tsx'

interface Words {
  readonly title: string
  /** What follows where it is taken away all the same. */
  readonly about: string
  /** What the button says that does so. */
  readonly despite: string
  /** Where it is another brand than the one that is shown. */
  readonly brand?: string
}

/** Shows where something is used, each place a link; resolves to whether it is to go all the same. */
export function useShowUses(): (
  shown: Words & { readonly uses: readonly AudienceUse[] },
) => Promise<boolean> {
  const { t } = useTranslation('common')
  const { modal } = App.useApp()
  return ({ title, about, despite, brand, uses }) =>
    new Promise((resolve) => {
      const leave = () => {
        shown.destroy()
        resolve(false)
      }
      const shown = modal.confirm({
        ...{ title, width: 520, okText: despite, cancelText: t('cancel') },
        content: <Uses uses={uses} about={about} onLeave={leave} {...(brand !== undefined && { brand })} />,
        okButtonProps: { danger: true },
        onOk: () => resolve(true),
        onCancel: () => resolve(false),
      })
    })
}

/**
 * Takes something away; where it is in use, it shows where, and takes it away all the same if that is meant. Resolves
 * to whether it has gone; any other problem is thrown.
 */
export function useTakeAway(): (
  words: Words,
  work: (despite: boolean) => Promise<unknown>,
) => Promise<boolean> {
  const showUses = useShowUses()
  return async (words, work) => {
    try {
      await work(false)
      return true
    } catch (error) {
      const { uses } = asProblem(error).body
      if (uses === undefined) throw error
      if (!(await showUses({ ...words, uses }))) return false
      await work(true)
      return true
    }
  }
}
