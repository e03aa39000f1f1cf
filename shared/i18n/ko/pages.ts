/** Pages beside the screens of a home that have only a few words to say. */
export const ko = {
  signOut: '로그아웃',
  notFound: { title: '없는 페이지예요', text: '주소가 바뀌었거나 잘못 입력되었을 수 있어요.', home: '처음으로' },
  denied: {
    title: '이 집을 볼 수 있는 권한이 없어요',
    text: '구성원만 볼 수 있어요. 집 대표자에게 초대를 요청하거나 내 집으로 돌아가세요.',
    home: '내 집 보기',
  },
};
export type PagesTexts = typeof ko;
