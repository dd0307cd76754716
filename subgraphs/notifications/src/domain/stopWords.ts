/** What a mail that its recipient may not have asked for says at its end, and the page on which it is stopped. */
export interface StopWords {
  readonly why: string;
  readonly link: string;
  readonly title: string;
  readonly ask: (address: string) => string;
  readonly button: string;
  readonly done: (address: string) => string;
}

const WORDS: Readonly<Record<string, StopWords>> = {
  en: {
    why: 'You get this mail because somebody gave this address. If it was not you, you need do nothing else:',
    link: 'No more such mail to this address',
    title: 'Stop mail',
    ask: (address) => `Shall ${address} get no more mail from us that it has not asked for?`,
    button: 'No more mail',
    done: (address) =>
      `${address} will get no more mail from us, unless an account proves that it is its own.`,
  },
  de: {
    why: 'Sie bekommen diese Mail, weil jemand diese Adresse angegeben hat. Wenn Sie das nicht waren, genügt ein Klick:',
    link: 'Keine solche Mail mehr an diese Adresse',
    title: 'Mail beenden',
    ask: (address) => `Soll ${address} keine Mail mehr von uns bekommen, um die niemand dort gebeten hat?`,
    button: 'Keine Mail mehr',
    done: (address) =>
      `${address} bekommt keine Mail mehr von uns, solange kein Konto sie als seine bestätigt.`,
  },
  vi: {
    why: 'Bạn nhận thư này vì có người đã nhập địa chỉ này. Nếu không phải bạn, chỉ cần một lần bấm:',
    link: 'Không gửi thư như vậy đến địa chỉ này nữa',
    title: 'Ngừng nhận thư',
    ask: (address) => `Ngừng gửi đến ${address} những thư mà chủ địa chỉ không yêu cầu?`,
    button: 'Ngừng gửi thư',
    done: (address) =>
      `Chúng tôi sẽ không gửi thư đến ${address} nữa, trừ khi một tài khoản xác nhận địa chỉ này.`,
  },
};

/** The words in a language (two letters), else in English. */
export function stopWordsIn(language: string): StopWords {
  return (Object.hasOwn(WORDS, language) ? WORDS[language] : undefined) ?? (WORDS['en'] as StopWords);
}
